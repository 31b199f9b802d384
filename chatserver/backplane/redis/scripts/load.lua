local r = read()
if not r then
  return {'absent'}
end
if r.settles > now then
  return {'settling', r.settles - now}
end
trim_window(r)
trim_ids()
save(r)
local before = {}
local fields = call('HGETALL', LINE)
for i = 1, #fields, 2 do
  if string.sub(fields[i], 1, 7) == 'before:' then
    before[#before + 1] = string.sub(fields[i], 8)
    before[#before + 1] = fields[i + 1] + 0
  end
end
return {'loaded', r.line, r.seq, r.guard, r.holding, call('HGETALL', ENTRIES), call('HGETALL', IDS), before}
