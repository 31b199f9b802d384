-- ARGV: line, seq

local r = read()
local refused = refusal(r, ARGV[5])
if refused then
  return refused
end
trim_window(r)
save(r)
local members = call('ZRANGEBYSCORE', WINDOW, '(' .. ARGV[6], '+inf')
if r.share > 0 then
  for _, member in ipairs(call('ZRANGEBYSCORE', SHARE, '(' .. ARGV[6], '+inf')) do
    members[#members + 1] = member
  end
end
return {'missed', r.seq, r.floor, members}
