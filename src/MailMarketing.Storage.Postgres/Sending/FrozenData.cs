namespace MailMarketing.Storage.Postgres;

/// <summary>Freezes recipients' data, one row per block of a campaign, and reads what was frozen.</summary>
internal static class FrozenData
{
    /// <summary>Gives each row its fields and its block, where its recipient's data exist or were frozen before.</summary>
    public static async Task ReadAsync(Work work, List<ClaimedRow> rows)
    {
        var known = rows.Where(row => row.BlockId is not null).ToDictionary(row => row.Id);
        var fresh = rows.Where(row => row.BlockId is null).ToDictionary(row => row.Id);
        if (known.Count > 0)
        {
            // Only what is asked for comes over the wire, and each block is unpacked once
            var frozen = await work.ListAsync<(long Id, string Data)>(
                """
                SELECT e.key::bigint, e.value::text FROM delivery_block b CROSS JOIN LATERAL jsonb_each(b.data) AS e
                WHERE b.id = ANY(@blocks) AND e.key = ANY(@ids)
                """,
                new
                {
                    blocks = known.Values.Select(row => row.BlockId).Distinct().ToArray(),
                    ids = known.Keys.Column(id => JobId.Of(id).Text),
                });
            foreach (var (id, data) in frozen)
            {
                known[id].Fields = Json.ReadFields(data);
            }
        }

        if (fresh.Count > 0)
        {
            await FreezeAsync(work, fresh);
        }
    }

    private static async Task FreezeAsync(Work work, Dictionary<long, ClaimedRow> rows)
    {
        // Read back from what was stored, so that the first attempt renders from the same values as all later ones
        var blocks = await work.ListAsync<(long Id, string Data)>(
            """
            INSERT INTO delivery_block (campaign_id, data)
            SELECT r.campaign, jsonb_object_agg(r.id, jsonb_build_object(
                'id', r.id, 'user_id', c.id, 'email', c.email, 'name', coalesce(c.name, c.email),
                'first_name', c.first_name, 'last_name', c.last_name, 'attributes', c.attributes))
            FROM unnest(@ids, @campaigns, @contacts) AS r (id, campaign, contact) JOIN contact c ON c.id = r.contact
            GROUP BY r.campaign RETURNING id, data::text
            """,
            new
            {
                ids = rows.Keys.ToArray(),
                campaigns = rows.Values.Column(row => row.CampaignId),
                contacts = rows.Values.Column(row => row.ContactId),
            });
        foreach (var (block, data) in blocks)
        {
            using var document = Json.Parse(data);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                var row = rows[long.Parse(member.Name, System.Globalization.CultureInfo.InvariantCulture)];
                (row.BlockId, row.Fields) = (block, TemplateFields.FromJson(member.Value));
                row.Email = (string?)row.Fields["email"];
            }
        }
    }
}
