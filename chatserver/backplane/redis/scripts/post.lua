-- ARGV: line, guard, not_after, message id or '', kept, message, retracts, size, packed event

local r = read()
local refused = refusal(r, ARGV[5])
if refused then
  return refused
end
local id = ARGV[8]
if id ~= '' then
  trim_ids()
  local first = call('HGET', IDS, id)
  if first then
    return {'repeated', first + 0}
  end
end
if now > ARGV[7] + 0 then
  return {'late'}
end
if r.guard ~= ARGV[6] + 0 then
  return {'stale', r.guard}
end
trim_window(r) -- before the first word of a window that has gone by itself: it would take over that one's floor
local seq = advance(r, 1)
if ARGV[9] == '1' and ARGV[10] ~= id and ARGV[10] ~= '' then
  r.loose = '1'
end
keep(r, seq, ARGV[9], ARGV[10], ARGV[11], ARGV[12], ARGV[13])
if id ~= '' then
  call('HSET', IDS, id, r.seq_text)
  call('ZADD', ID_TIMES, r.at_text, id)
  expire_ids(r.at)
end
trim_window(r)
expire_window(r)
save(r)
renew(r)
publish('0', r, '\146' .. ARGV[13] .. '\128') -- msgpack: an array of two, the event and no entries
return {'numbered', seq}
