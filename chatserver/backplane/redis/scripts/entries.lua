-- What those scripts have in common that write entries; it is put before each of them, after room.lua.

local function number_of(prefix)
  return 'n:' .. prefix
end

-- The part of an entry's key up to and with the first slash; nil where there is none.
local function prefix_of(key)
  return string.match(key, '^[^/]*/')
end

-- Some thousand words to one command, from ARGV or another list.
local function all_of(command, key, list, first, last)
  for i = first, last, CHUNK do
    call(command, key, unpack(list, i, math.min(i + CHUNK - 1, last)))
  end
end

