-- ARGV: line, not_after, flags of the delivery, prefix, most of that prefix or -1, how many are expected, written, deleted, events,
-- head of the packed array, the packed entries; then expected: key, seq; written: key, value; deleted: key;
-- events: kept, message, retracts, size, packed event
-- flags: 1 where it narrows; 4 times the number that the room holds from now on, and one

local r = read()
local refused = refusal(r, ARGV[5])
if refused then
  return refused
end
if now > ARGV[6] + 0 then
  return {'late'}
end
local expected, written, deleted, events = ARGV[10] + 0, ARGV[11] + 0, ARGV[12] + 0, ARGV[13] + 0
local first_written = 16 + 2 * expected
local first_deleted = first_written + 2 * written
local first_event = first_deleted + deleted

for i = 16, first_written - 2, 2 do
  local value = call('HGET', ENTRIES, ARGV[i])
  local seq = value and tonumber(string.match(value, '^(%d+)|')) or 0
  if seq ~= ARGV[i + 1] + 0 then
    return {'conflict', r.seq}
  end
end

-- Who joins while the last place goes to another.
local prefix, most = ARGV[8], ARGV[9] + 0
if most >= 0 then
  local added, gone = 0, 0
  for i = first_written, first_deleted - 2, 2 do
    if string.sub(ARGV[i], 1, #prefix) == prefix and call('HEXISTS', ENTRIES, ARGV[i]) == 0 then
      added = added + 1
    end
  end
  if added > 0 then
    for i = first_deleted, first_event - 1 do
      if string.sub(ARGV[i], 1, #prefix) == prefix then
        gone = gone + call('HEXISTS', ENTRIES, ARGV[i])
      end
    end
    local there = 0
    if prefix_of(prefix) == prefix then
      there = tonumber(call('HGET', LINE, number_of(prefix)) or 0)
    else
      for _, key in ipairs(call('HKEYS', ENTRIES)) do
        if string.sub(key, 1, #prefix) == prefix then
          there = there + 1
        end
      end
    end
    if there + added - gone > most then
      return {'full', r.seq}
    end
  end
end

-- From now on the room holds another number. What it held so far goes the way of all else: if it is old, at once.
local function hold(r, holding)
  if holding == r.holding then
    return
  end
  if r.share > 0 then
    local young = {}
    for _, member in ipairs(call('ZRANGEBYSCORE', SHARE, 0, '+inf')) do
      local seq, at, bytes = place_of(member)
      if at + WINDOW_MS > now then
        young[#young + 1] = seq
        young[#young + 1] = member
        r.bytes, r.newest, r.last = r.bytes + bytes, math.max(r.newest, at), math.max(r.last, seq)
      else
        r.floor = math.max(r.floor, seq)
      end
    end
    call('DEL', SHARE)
    all_of('ZADD', WINDOW, young, 1, #young)
    if #young > 0 then
      local _, oldest = place_of(call('ZRANGE', WINDOW, 0, 0)[1])
      r.oldest = oldest
    end
  end
  r.holding, r.share = holding, 0
  call('HSET', LINE, 'holding', holding)
end

local seq = advance(r, math.max(1, events))
local function count(key, change)
  local of = change ~= 0 and prefix_of(key)
  if of then
    call('HINCRBY', LINE, number_of(of), change)
  end
end
for i = first_written, first_deleted - 2, 2 do
  count(ARGV[i], call('HSET', ENTRIES, ARGV[i], r.seq_text .. '|' .. ARGV[i + 1]))
end
for i = first_deleted, first_event - 1 do
  count(ARGV[i], -call('HDEL', ENTRIES, ARGV[i]))
end
local flags = ARGV[7] + 0
if flags % 2 == 1 then
  r.guard = seq
end
trim_window(r) -- as in post.lua
if flags >= 4 then
  hold(r, math.floor(flags / 4) - 1)
end
local packed = {ARGV[14]}
for n = 1, events do
  local i = first_event + (n - 1) * 5
  if ARGV[i] == '1' and ARGV[i + 1] ~= '' then
    r.loose = '1'
  end
  keep(r, seq - events + n, ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4])
  packed[n + 1] = ARGV[i + 4]
end
packed[events + 2] = ARGV[15]
trim_window(r)
expire_window(r)
save(r)
renew(r)
publish(ARGV[7], r, table.concat(packed))
return {'numbered', seq}
