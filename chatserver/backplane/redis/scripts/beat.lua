-- KEYS: the workers, a sorted set by the time of their last beat. ARGV: worker, ahead, for how long one counts

local call = redis.call
local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2]
call('ZADD', KEYS[1], now, ARGV[1])
call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3])
call('PEXPIRE', KEYS[1], ARGV[3])
return {now, call('ZRANGE', KEYS[1], 0, -1)}
