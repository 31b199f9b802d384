-- What the scripts of a room have in common; it is put before each of them, after the constants of base.py.
--
-- KEYS: line, entries, window, ids, id times, share. ARGV: run, ahead, window_ms, channel, and from the fifth on each script's own.
-- `run`: the id of the server process that whoever calls is connected to. `ahead`: 0, only tests let time pass with it.
--
-- line, a hash:
--   line, order (its number), seq, guard, at (of the last number), run (of the server on which it was opened or restored)
--   floor, bytes, oldest, newest (times), last (seq): of the window
--   loose: 1 where the window may hold messages that `ids` does not lead to
--   holding: the number that the room holds, 0 or not there: none; share: bytes of the share
--   settles (when it has, or had, settled), held_line, held_order, held_seq: of the line that it goes on from
--   before:<line>, n:<prefix> (how many entries there are of it)
-- entries, a hash: key -> "<seq>|<bytes>"
-- window, a sorted set by seq: "<seq> <at> <size> <bytes of message> <bytes of retracts> <message><retracts><packed event>"
--   (no stream: what XDEL takes out of one stays in its memory); size: "<bytes of body>", and ":<number>" of what is said under one
-- share, a sorted set: what is held, as in the window; and for each message of it "#<message>", by the negative of its seq
--   (a key of its own: the window still goes by itself, and nobody has to step over what stays)
-- ids, a hash: public message id -> seq; id times, a sorted set: id by the time at which it came

local call = redis.call
local LINE, ENTRIES, WINDOW, IDS, ID_TIMES, SHARE = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local RUN, AHEAD, WINDOW_MS, CHANNEL = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local CHUNK = 1000 -- arguments of one call; Lua's stack ends at some thousands

local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + AHEAD

local function read()
  local h = call('HMGET', LINE, 'line', 'order', 'seq', 'guard', 'at', 'run', 'floor', 'bytes', 'oldest', 'newest', 'last', 'loose', 'settles',
    'holding')
  if not h[1] then
    return nil
  end
  -- Adding 0 is where something that is no number ends the script, before it has written anything.
  local seq, guard, at, floor, bytes, oldest = h[3] + 0, h[4] + 0, h[5] + 0, h[7] + 0, h[8] + 0, tonumber(h[9])
  local newest, last, loose = h[10] + 0, h[11] + 0, h[12] or ''
  local holding, share = tonumber(h[14]) or 0, 0
  if holding ~= 0 then
    share = tonumber(call('HGET', LINE, 'share')) or 0
  end
  return {
    line = h[1], order = h[2] + 0, run = h[6], settles = h[13] + 0,
    seq = seq, guard = guard, at = at, floor = floor, bytes = bytes, oldest = oldest, newest = newest, last = last, loose = loose,
    holding = holding, share = share, share_was = share,
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
  if r.share ~= r.share_was then
    changed[#changed + 1] = 'share'
    changed[#changed + 1] = r.share
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

-- The share stays as long as the room does: it goes when the room holds it no longer.
local function renew(r)
  call('PEXPIRE', LINE, ROOM_MS)
  call('PEXPIRE', ENTRIES, ROOM_MS)
  if r.share > 0 then
    call('PEXPIRE', SHARE, ROOM_MS)
  end
end

-- Gives out the next numbers, and stamps the time; one that was set back does not run backwards here. Both as text, too.
local function advance(r, count)
  r.seq = r.seq + count
  r.at = math.max(r.at, now)
  r.seq_text, r.at_text = tostring(r.seq), tostring(r.at)
  return r.seq
end

-- --- the window

local function member_of(seq, at, size, message, retracts, packed)
  return table.concat({seq, at, size, #message, #retracts, message .. retracts .. packed}, ' ')
end

-- seq, at, bytes of its body
local function place_of(member)
  local seq, at, bytes = string.match(member, '^(%d+) (%d+) (%d+)')
  return seq + 0, at + 0, bytes + 0
end

-- message, retracts, the number under which it is said
local function names_of(member)
  local held, of_message, of_retracts, start = string.match(member, '^%d+ %d+ %d+:?(%d*) (%d+) (%d+) ()')
  local middle = start + of_message
  return string.sub(member, start, middle - 1), string.sub(member, middle, middle + of_retracts - 1), tonumber(held)
end

-- Takes a message out of the share. (A score is looked up by ZADD: so the user of docs/redis/users.acl needs no other command.)
local function let_go(r, message)
  local seq = -(call('ZADD', SHARE, 'XX', 'INCR', 0, '#' .. message) or 0)
  if seq > 0 then
    local member = call('ZRANGEBYSCORE', SHARE, seq, seq)[1]
    local _, _, bytes = place_of(member)
    call('ZREM', SHARE, member, '#' .. message)
    r.share = r.share - bytes
  end
end

-- What is too old goes; and of what is too much the oldest, be it in the window or in the share.
local function trim_window(r)
  if (not r.oldest or r.oldest + WINDOW_MS > now) and r.bytes + r.share <= WINDOW_BYTES then
    return
  end
  if r.oldest and r.newest + WINDOW_MS <= now then
    call('DEL', WINDOW)
    r.floor, r.bytes, r.oldest = math.max(r.floor, r.last), 0, nil
  end
  while true do
    local first = r.oldest and call('ZRANGE', WINDOW, 0, 0)[1]
    local seq, at, bytes
    if first then
      seq, at, bytes = place_of(first)
      r.oldest = at
    elseif r.oldest then -- it has gone by itself
      r.floor, r.bytes, r.oldest = math.max(r.floor, r.last), 0, nil
    end
    local aged = seq and at + WINDOW_MS <= now
    if not aged and r.bytes + r.share <= WINDOW_BYTES then
      return
    end
    local held = r.share > 0 and not aged and call('ZRANGEBYSCORE', SHARE, 0, '+inf', 'LIMIT', 0, 1)[1]
    local held_seq = held and place_of(held)
    if held and not (seq and seq < held_seq) then
      let_go(r, names_of(held))
      r.floor = math.max(r.floor, held_seq)
    elseif seq then
      call('ZREMRANGEBYRANK', WINDOW, 0, 0)
      r.floor, r.bytes = math.max(r.floor, seq), r.bytes - bytes
    else
      return
    end
  end
end

-- Takes the words of a message out.
local function forget(r, message)
  if r.share > 0 then
    let_go(r, message)
  end
  local members
  if r.loose == '1' or WINDOW_MS > MESSAGE_IDS_MS then
    members = call('ZRANGE', WINDOW, 0, -1)
  else
    -- Nobody can keep Redis busy by taking back what is not there.
    local seq = call('HGET', IDS, message)
    members = seq and call('ZRANGEBYSCORE', WINDOW, seq, seq) or {}
  end
  for _, member in ipairs(members) do
    if names_of(member) == message then
      local _, _, bytes = place_of(member)
      call('ZREM', WINDOW, member)
      r.bytes = r.bytes - bytes
      local last = call('ZRANGE', WINDOW, -1, -1)[1]
      if last then
        r.last = place_of(last)
      else
        r.oldest = nil
      end
    end
  end
end

-- Takes in one event of those that were numbered.
local function keep(r, seq, kept, message, retracts, size, packed)
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
  local member = member_of(text, r.at_text, size, message, retracts, packed)
  local bytes = tonumber(size)
  if not bytes then
    local held
    bytes, held = string.match(size, '^(%d+):(%d+)$')
    if held + 0 == r.holding and message ~= '' then
      let_go(r, message) -- said again: it has one place
      call('ZADD', SHARE, text, member, '-' .. text, '#' .. message)
      r.share = r.share + bytes
      return
    end
  end
  call('ZADD', WINDOW, text, member)
  r.bytes, r.oldest, r.newest, r.last = r.bytes + bytes, r.oldest or r.at, r.at, seq
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
