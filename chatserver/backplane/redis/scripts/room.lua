-- What the scripts of a room have in common; it is put before each of them, after the constants of base.py.
--
-- KEYS: line, entries, window, ids, id times. ARGV: run, ahead, window_ms, channel, and from the fifth on each script's own.
-- `run`: the id of the server process that whoever calls is connected to. `ahead`: 0, only tests let time pass with it.
--
-- line, a hash:
--   line, order (its number), seq, guard, at (of the last number), run (of the server on which it was opened or restored)
--   floor, bytes, oldest, newest (times), last (seq): of the window
--   loose: 1 where the window may hold messages that `ids` does not lead to
--   settles (when it has, or had, settled), held_line, held_order, held_seq: of the line that it goes on from
--   before:<line>, n:<prefix> (how many entries there are of it)
-- entries, a hash: key -> "<seq>|<bytes>"
-- window, a sorted set by seq: "<seq> <at> <bytes of body> <bytes of message> <bytes of retracts> <message><retracts><packed event>"
--   (no stream: what XDEL takes out of one stays in its memory)
-- ids, a hash: public message id -> seq; id times, a sorted set: id by the time at which it came

local call = redis.call
local LINE, ENTRIES, WINDOW, IDS, ID_TIMES = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local RUN, AHEAD, WINDOW_MS, CHANNEL = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local CHUNK = 1000 -- arguments of one call; Lua's stack ends at some thousands

local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + AHEAD

local function read()
  local h = call('HMGET', LINE, 'line', 'order', 'seq', 'guard', 'at', 'run', 'floor', 'bytes', 'oldest', 'newest', 'last', 'loose', 'settles')
  if not h[1] then
    return nil
  end
  -- Adding 0 is where something that is no number ends the script, before it has written anything.
  local seq, guard, at, floor, bytes, oldest = h[3] + 0, h[4] + 0, h[5] + 0, h[7] + 0, h[8] + 0, tonumber(h[9])
  local newest, last, loose = h[10] + 0, h[11] + 0, h[12] or ''
  return {
    line = h[1], order = h[2] + 0, run = h[6], settles = h[13] + 0,
    seq = seq, guard = guard, at = at, floor = floor, bytes = bytes, oldest = oldest, newest = newest, last = last, loose = loose,
    was = {seq, guard, at, floor, bytes, oldest or false, newest, last, loose},
  }
end

local FIELDS = {'seq', 'guard', 'at', 'floor', 'bytes', 'oldest', 'newest', 'last', 'loose'}

-- Writes what has changed since it was read. To make text of numbers is most of what a call costs.
local function save(r)
  local was, changed = r.was or {}, {}
  for i, field in ipairs(FIELDS) do
    local value = r[field] or false
    if value ~= was[i] then
      changed[#changed + 1] = field
      changed[#changed + 1] = value == r.seq and r.seq_text or value == r.at and r.at_text or value or ''
    end
  end
  if #changed > 0 then
    call('HSET', LINE, unpack(changed))
  end
end

-- Why nothing can be done on this line; nil where it can.
local function refusal(r, line)
  if not r then
    return {'other'}
  end
  if r.settles > now then
    return {'settling', r.settles - now}
  end
  if r.line ~= line or r.run ~= RUN then
    return {'other', r.line}
  end
end

local function renew()
  call('PEXPIRE', LINE, ROOM_MS)
  call('PEXPIRE', ENTRIES, ROOM_MS)
end

-- Gives out the next numbers, and stamps the time; one that was set back does not run backwards here. Both as text, too.
local function advance(r, count)
  r.seq = r.seq + count
  r.at = math.max(r.at, now)
  r.seq_text, r.at_text = tostring(r.seq), tostring(r.at)
  return r.seq
end

local function number_of(prefix)
  return 'n:' .. prefix
end

-- The part of an entry's key up to and with the first slash; nil where there is none.
local function prefix_of(key)
  return string.match(key, '^[^/]*/')
end

-- --- the window

local function member_of(seq, at, length, message, retracts, packed)
  return table.concat({seq, at, length, #message, #retracts, message .. retracts .. packed}, ' ')
end

-- seq, at, bytes of its body, message, retracts
local function header_of(member)
  local seq, at, length, of_message, of_retracts, start = string.match(member, '^(%d+) (%d+) (%d+) (%d+) (%d+) ()')
  local middle = start + of_message
  return seq + 0, at + 0, length + 0, string.sub(member, start, middle - 1), string.sub(member, middle, middle + of_retracts - 1)
end

local function trim_window(r)
  if not r.oldest or (r.oldest + WINDOW_MS > now and r.bytes <= WINDOW_BYTES) then
    return
  end
  if r.newest + WINDOW_MS <= now then
    call('DEL', WINDOW)
    r.floor, r.bytes, r.oldest = r.last, 0, nil
    return
  end
  while true do
    local first = call('ZRANGE', WINDOW, 0, 0)[1]
    if not first then
      r.floor, r.bytes, r.oldest = r.last, 0, nil
      return
    end
    local seq, at, length = header_of(first)
    if at + WINDOW_MS > now and r.bytes <= WINDOW_BYTES then
      r.oldest = at
      return
    end
    call('ZREMRANGEBYRANK', WINDOW, 0, 0)
    r.floor, r.bytes = seq, r.bytes - length
  end
end

-- Takes the words of a message out.
local function forget(r, message)
  local members
  if r.loose == '1' or WINDOW_MS > MESSAGE_IDS_MS then
    members = call('ZRANGE', WINDOW, 0, -1)
  else
    -- Nobody can keep Redis busy by taking back what is not there.
    local seq = call('HGET', IDS, message)
    members = seq and call('ZRANGEBYSCORE', WINDOW, seq, seq) or {}
  end
  for _, member in ipairs(members) do
    local _, _, length, its = header_of(member)
    if its == message then
      call('ZREM', WINDOW, member)
      r.bytes = r.bytes - length
      local last = call('ZRANGE', WINDOW, -1, -1)[1]
      if last then
        r.last = header_of(last)
      else
        r.oldest = nil
      end
    end
  end
end

-- Takes in one event of those that were numbered.
local function keep(r, seq, kept, message, retracts, length, packed)
  if retracts ~= '' then
    forget(r, retracts)
  end
  if kept ~= '1' then
    return
  end
  if WINDOW_MS == 0 then
    r.floor = seq
    return
  end
  local text = seq == r.seq and r.seq_text or seq
  call('ZADD', WINDOW, text, member_of(text, r.at_text, length, message, retracts, packed))
  r.bytes, r.oldest, r.newest, r.last = r.bytes + length, r.oldest or r.at, r.at, seq
end

local function expire_window(r)
  if r.oldest then
    call('PEXPIREAT', WINDOW, r.newest + WINDOW_MS - AHEAD)
  end
end

-- --- message ids

local function trim_ids()
  repeat
    local old = call('ZRANGEBYSCORE', ID_TIMES, '-inf', now - MESSAGE_IDS_MS, 'LIMIT', 0, CHUNK)
    if #old > 0 then
      call('HDEL', IDS, unpack(old))
      call('ZREMRANGEBYRANK', ID_TIMES, 0, #old - 1)
    end
  until #old < CHUNK
end

local function expire_ids(at)
  call('PEXPIREAT', IDS, at + MESSAGE_IDS_MS - AHEAD)
  call('PEXPIREAT', ID_TIMES, at + MESSAGE_IDS_MS - AHEAD)
end

-- --- what subscribers get: "1 <flags> <seq> <at> <line>\n", then what the worker packed

local function publish(flags, r, packed)
  call('PUBLISH', CHANNEL, '1 ' .. flags .. ' ' .. r.seq_text .. ' ' .. r.at_text .. ' ' .. r.line .. '\n' .. packed)
end
