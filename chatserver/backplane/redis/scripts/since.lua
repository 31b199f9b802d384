-- ARGV: line, seq

local r = read()
local refused = refusal(r, ARGV[5])
if refused then
  return refused
end
trim_window(r)
save(r)
return {'missed', r.seq, r.floor, call('ZRANGEBYSCORE', WINDOW, '(' .. ARGV[6], '+inf')}
