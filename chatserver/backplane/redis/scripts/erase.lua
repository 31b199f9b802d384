-- ARGV: line, packed event

local r = read()
if not r then
  return {'other'}
end
if r.line ~= ARGV[5] then
  return {'other', r.line}
end
call('DEL', LINE, ENTRIES, WINDOW, IDS, ID_TIMES, SHARE)
advance(r, 1)
publish('2', r, '\146' .. ARGV[6] .. '\128')
return {'numbered', r.seq}
