-- Notes what is said of a campaign or of jobs. ARGV: 2 campaign, 3 revision and 4 state, empty where only jobs are withdrawn, 5 why they
-- are, then who. Gives the jobs that may have to end, for stop.lua; the same word again gives them again
local campaign, revision, state, reason = unpack(ARGV, 2, 5)
local ids = {}
if state ~= '' then
  set_control(campaign, revision, state)
  local _, newest = control(campaign)
  if newest == CAMPAIGN_CANCELLED then
    for _, stream in ipairs(redis.call('ZRANGE', key('streams'), 0, -1)) do
      local _, its_campaign = split(stream)
      if its_campaign == campaign then
        for _, id in ipairs(redis.call('ZRANGE', key('due', stream), 0, -1)) do
          ids[#ids + 1] = id
        end
      end
    end
  end
end

for i = 6, #ARGV do
  local who = ARGV[i]
  local id = redis.call('GET', key('id', who))
  local job = id and read(id)
  if not job then
    -- A job withdrawn before it arrives is withdrawn when it does
    redis.call('SET', key('withdrawn', who), reason, 'EX', DAY)
  elseif job.state <= RETRY then
    redis.call('HSET', job.key, 'withdrawn', reason)
    ids[#ids + 1] = id
  end
end
return ids
