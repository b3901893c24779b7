using CommunityToolkit.HighPerformance.Buffers;

namespace MailMarketing.Storage.Postgres;

/// <summary>Freezes recipients' data, one row per block of a campaign, and reads what was frozen.</summary>
internal static class FrozenData
{
    /// <summary>Gives each row its fields and its block, where its recipient's data exist or were frozen before.</summary>
    public static async Task ReadAsync(Work work, List<ClaimedRow> rows, List<ClaimableCampaign> campaigns)
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

        await ReadSegmentsAsync(work, rows, campaigns);
        foreach (var row in rows.Where(IsNew))
        {
            // The same values as all later attempts render from
            var fields = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["id"] = row.Id,
                ["user_id"] = row.ContactId,
                ["email"] = row.ContactEmail,
                ["name"] = row.Name ?? row.ContactEmail,
                ["first_name"] = row.FirstName,
                ["last_name"] = row.LastName,
                ["attributes"] = Json.ReadFields(row.Attributes!),
            };
            if (row.Segments is not null)
            {
                fields[TemplateFields.Segments] = row.Segments;
            }

            (row.Fields, row.Email) = (fields, row.ContactEmail);
        }
    }

    /// <summary>Asks who belongs to which segments, for the campaigns whose templates read it; for others it costs nothing.</summary>
    private static async Task ReadSegmentsAsync(Work work, List<ClaimedRow> rows, List<ClaimableCampaign> campaigns)
    {
        var byId = campaigns.ToDictionary(campaign => campaign.Id);
        var people = rows.FindAll(row => IsNew(row) && byId[row.CampaignId].Frozen.ReadsSegments);
        if (people.Count == 0)
        {
            return;
        }

        var names = await SegmentNames.OfAsync(work, people.Select(row => row.ContactId));
        people.ForEach(row => row.Segments = names.GetValueOrDefault(row.ContactId, []));
    }

    /// <summary>What is to be frozen of rows that have no block yet, one text for each campaign; to be disposed of.</summary>
    public static List<(long Campaign, ArrayPoolBufferWriter<byte> Data)> Blocks(List<ClaimedRow> rows) =>
        [.. rows.Where(IsNew).GroupBy(row => row.CampaignId).Select(campaign => (campaign.Key, Block(campaign)))];

    private static bool IsNew(ClaimedRow row) => row is { BlockId: null, ContactEmail: not null };

    private static ArrayPoolBufferWriter<byte> Block(IEnumerable<ClaimedRow> rows)
    {
        var block = new ArrayPoolBufferWriter<byte>(64 * 1024);
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
            if (row.Segments is not null)
            {
                json.WriteStartArray(TemplateFields.Segments);
                foreach (var segment in row.Segments)
                {
                    json.WriteStringValue(segment);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return block;
    }
}
