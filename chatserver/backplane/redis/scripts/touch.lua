local r = read()
if not r then
  return {'absent'}
end
if r.run == RUN then
  renew(r) -- what nobody brings back goes by itself
end
if r.settles <= now then
  trim_window(r)
  trim_ids()
  save(r)
end
return {'at', r.line, r.seq, math.max(0, r.settles - now), r.run ~= RUN and 1 or 0}
