-- KEYS: the workers, a sorted set by the time of their last beat; since when there is such a set
-- (a set of one, too: the user of docs/redis/users.acl needs no other commands for it).
-- ARGV: worker, ahead, for how long one counts

local call = redis.call
local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2]
call('ZADD', KEYS[1], now, ARGV[1])
call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3])
call('PEXPIRE', KEYS[1], ARGV[3])
call('ZADD', KEYS[2], 'NX', now, 'since')
call('PEXPIRE', KEYS[2], ARGV[3])
return {now, call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2] + 0, call('ZRANGE', KEYS[1], 0, -1)}
