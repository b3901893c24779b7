using System.Buffers;
using System.Text;

namespace MailMarketing.Storage.Postgres;

/// <summary>Freezes recipients' data, one row per block of a campaign, and reads what was frozen.</summary>
internal static class FrozenData
{
    /// <summary>Gives each row its fields and its block, where its recipient's data exist or were frozen before.</summary>
    public static async Task ReadAsync(Work work, List<ClaimedRow> rows)
    {
        var known = rows.Where(row => row.BlockId is not null).ToDictionary(row => row.Id);
        if (known.Count > 0)
        {
            // Only what is asked for comes over the wire, and each block is unpacked once
            var frozen = await work.ListAsync<(long Id, string Data)>(
                """
                SELECT e.key::bigint, e.value::text FROM delivery_block b CROSS JOIN LATERAL jsonb_each(b.data::jsonb) AS e
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

        var fresh = rows.Where(row => row is { BlockId: null, ContactEmail: not null }).ToLookup(row => row.CampaignId);
        if (fresh.Count > 0)
        {
            await FreezeAsync(work, fresh);
        }
    }

    private static async Task FreezeAsync(Work work, ILookup<long, ClaimedRow> campaigns)
    {
        var blocks = await work.ListAsync<(long Campaign, long Id)>(
            """
            INSERT INTO delivery_block (campaign_id, data) SELECT campaign, data FROM unnest(@ids, @data) AS b (campaign, data)
            RETURNING campaign_id, id
            """,
            new { ids = campaigns.Select(campaign => campaign.Key).ToArray(), data = campaigns.Select(Block).ToArray() });
        foreach (var (campaign, block) in blocks)
        {
            foreach (var row in campaigns[campaign])
            {
                // The same values as all later attempts render from
                row.Fields = new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["id"] = row.Id,
                    ["user_id"] = row.ContactId,
                    ["email"] = row.ContactEmail,
                    ["name"] = row.Name ?? row.ContactEmail,
                    ["first_name"] = row.FirstName,
                    ["last_name"] = row.LastName,
                    ["attributes"] = Json.ReadFields(row.Attributes!),
                };
                (row.BlockId, row.Email) = (block, row.ContactEmail);
            }
        }
    }

    private static string Block(IEnumerable<ClaimedRow> rows)
    {
        var block = new ArrayBufferWriter<byte>(64 * 1024);
        using var json = Json.Writer(block);
        json.WriteStartObject();
        foreach (var row in rows)
        {
            json.WriteStartObject(JobId.Of(row.Id).Text);
            json.WriteNumber("id", row.Id);
            json.WriteNumber("user_id", row.ContactId);
            json.WriteString("email", row.ContactEmail);
            json.WriteString("name", row.Name ?? row.ContactEmail);
            json.WriteString("first_name", row.FirstName);
            json.WriteString("last_name", row.LastName);
            json.WritePropertyName("attributes");
            json.WriteRawValue(row.Attributes!, skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(block.WrittenSpan);
    }
}
