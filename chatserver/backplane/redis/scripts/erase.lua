-- ARGV: line, packed event

local r = read()
if not r then
  return {'other'}
end
if r.line ~= ARGV[5] then
  return {'other', r.line}
end
call('DEL', LINE, ENTRIES, WINDOW, IDS, ID_TIMES)
publish(2, r.seq + 1, stamp(r), r.line, '\146' .. ARGV[6] .. '\128')
return {'numbered', r.seq + 1}
