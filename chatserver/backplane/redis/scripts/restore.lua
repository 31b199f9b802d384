-- The rule of chatserver/backplane/union.py, in place. What has been gathered stands in the room's keys as it will be once settled, but
-- for `seq`, which is already the one to go on from: nobody has to do anything when the time is over.
--
-- ARGV: line, its order, the line held, its order, its seq, guard and floor, the number that it holds, how many entries, kept events and
-- ids; then entries: key, "<seq>|<bytes>"; events: seq, at, message, retracts, size, packed event; ids: id, seq;
-- the lines before it: line, seq

local r = read()
local line, order, held_line, held_order = ARGV[5], ARGV[6], ARGV[7], ARGV[8] + 0
local held_seq, guard, floor, holding = ARGV[9] + 0, ARGV[10] + 0, ARGV[11] + 0, ARGV[12] + 0
local first_entry = 16
local first_kept = first_entry + 2 * ARGV[13]
local first_id = first_kept + 6 * ARGV[14]
local first_before = first_id + 2 * ARGV[15]

local settles = now + SETTLING_MS
local newer = true -- what is held is what the room goes on from, as far as is known
local united = false -- with what is there
local there_seq
if r and r.settles > now then
  local g = call('HMGET', LINE, 'held_line', 'held_order', 'held_seq')
  if held_line == g[1] then
    united, there_seq, settles, line, order = true, g[3] + 0, r.settles, r.line, r.order
  elseif held_order <= g[2] + 0 then
    return {'other', r.line}
  end
elseif r then
  if r.line == held_line and (r.run ~= RUN or r.seq < held_seq) then
    trim_window(r)
    trim_ids()
    united, there_seq = true, r.seq
  elseif held_order <= r.order then
    return {'other', r.line}
  end
end

if united then
  newer = held_seq >= there_seq
  local earlier, later, earlier_seq = r.floor, floor, there_seq
  if not newer then
    earlier, later, earlier_seq = floor, r.floor, held_seq
    guard, holding = r.guard, r.holding
  end
  floor = later <= earlier_seq and math.min(earlier, later) or later
  held_seq = math.max(held_seq, there_seq)
else
  call('DEL', ENTRIES, WINDOW, IDS, ID_TIMES, SHARE)
end

local before = {}
if united then
  local fields = call('HGETALL', LINE)
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, 7) == 'before:' then
      before[fields[i]] = fields[i + 1]
    end
  end
end
for i = first_before, #ARGV, 2 do
  local field = 'before:' .. ARGV[i]
  if newer or not before[field] then
    before[field] = ARGV[i + 1]
  end
end
before['before:' .. held_line] = held_seq

if newer then
  call('DEL', ENTRIES)
  all_of('HSET', ENTRIES, ARGV, first_entry, first_kept - 1)
end

-- The window: by seq, and what anybody knows to be retracted is gone.
local members, retracted, seqs = {}, {}, {}
local newest, last = 0, 0
local function put(seq, member)
  if not members[seq] then
    seqs[#seqs + 1] = seq
  end
  members[seq] = member
end
for _, key in ipairs({WINDOW, SHARE}) do
  for _, member in ipairs(call('ZRANGEBYSCORE', key, 0, '+inf')) do
    put(place_of(member), member)
  end
end
for i = first_kept, first_id - 6, 6 do
  local seq = ARGV[i] + 0
  if newer or not members[seq] then
    put(seq, member_of(seq, ARGV[i + 1], ARGV[i + 4], ARGV[i + 2], ARGV[i + 3], ARGV[i + 5]))
  end
end
for _, member in pairs(members) do
  local _, retracts = names_of(member)
  if retracts ~= '' then
    retracted[retracts] = true
  end
end
table.sort(seqs)
call('DEL', WINDOW, SHARE)
local bytes, oldest, scored = 0, nil, {}
local held, share = {}, 0 -- message -> seq: each has one place, the last
for _, seq in ipairs(seqs) do
  local _, at, length = place_of(members[seq])
  local message, _, number = names_of(members[seq])
  if not retracted[message] then
    if WINDOW_MS == 0 then
      floor = math.max(floor, seq)
    elseif number and number == holding and message ~= '' then
      held[message] = seq
    else
      scored[#scored + 1] = seq
      scored[#scored + 1] = members[seq]
      bytes, oldest, newest, last = bytes + length, oldest or at, math.max(newest, at), math.max(last, seq)
    end
  end
end
all_of('ZADD', WINDOW, scored, 1, #scored)
for message, seq in pairs(held) do
  local _, _, length = place_of(members[seq])
  share = share + length
  call('ZADD', SHARE, seq, members[seq], -seq, '#' .. message)
end

-- Each is known for its whole time again: when it first came, nobody has told.
local timed, text = {}, tostring(settles)
local function known(id)
  timed[#timed + 1] = text
  timed[#timed + 1] = id
end
if united and settles ~= r.settles then
  for _, id in ipairs(call('HKEYS', IDS)) do
    known(id)
  end
end
if newer then
  all_of('HSET', IDS, ARGV, first_id, first_before - 1)
end
for i = first_id, first_before - 2, 2 do
  if not newer then
    call('HSETNX', IDS, ARGV[i], ARGV[i + 1])
  end
  known(ARGV[i])
end
all_of('ZADD', ID_TIMES, timed, 1, #timed)
expire_ids(settles)

local counts = {}
for _, key in ipairs(call('HKEYS', ENTRIES)) do
  local prefix = prefix_of(key)
  if prefix then
    counts[prefix] = (counts[prefix] or 0) + 1
  end
end
local at = r and r.at or now
call('DEL', LINE)
call('HSET', LINE, 'line', line, 'order', order, 'run', RUN, 'settles', settles,
  'held_line', held_line, 'held_order', held_order, 'held_seq', held_seq, 'holding', holding)
for field, seq in pairs(before) do
  call('HSET', LINE, field, seq)
end
for prefix, count in pairs(counts) do
  call('HSET', LINE, number_of(prefix), count)
end
local after = {
  seq = held_seq + SETTLING_NUMBERS, guard = guard, at = at, floor = floor, bytes = bytes, oldest = oldest, newest = newest, last = last,
  loose = '1', share = share,
}
save(after)
if after.oldest then
  -- Not before it is settled: until then it counts what nobody has any more.
  call('PEXPIREAT', WINDOW, math.max(newest + WINDOW_MS, settles) - AHEAD)
end
renew(after)
return {'settling', settles - now}
