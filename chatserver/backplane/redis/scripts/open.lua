-- ARGV: line, its order; then key, value, ...

if call('EXISTS', LINE) == 1 then
  return {'there'}
end
call('DEL', ENTRIES, WINDOW, IDS, ID_TIMES, SHARE)
local counts = {}
for i = 7, #ARGV, 2 do
  call('HSET', ENTRIES, ARGV[i], '1|' .. ARGV[i + 1])
  local prefix = prefix_of(ARGV[i])
  if prefix then
    counts[prefix] = (counts[prefix] or 0) + 1
  end
end
call('HSET', LINE, 'line', ARGV[5], 'order', ARGV[6], 'run', RUN, 'settles', 0)
for prefix, count in pairs(counts) do
  call('HSET', LINE, number_of(prefix), count)
end
local r = {seq = 1, guard = 1, at = now, floor = 1, bytes = 0, newest = 0, last = 1, loose = '', share = 0, share_was = 0}
save(r)
renew(r)
return {'opened'}
