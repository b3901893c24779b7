using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Freezes recipients' data, one row per block of a campaign, and makes jobs of what was frozen.</summary>
internal static class FrozenData
{
    /// <summary>A job for each row whose recipient's data exist or were frozen before; none for those who were deleted.</summary>
    public static List<SendJob> Of(SqliteConnection connection, List<ClaimedRow> rows, IReadOnlyDictionary<long, ClaimableCampaign> campaigns)
    {
        var fields = new Dictionary<long, IReadOnlyDictionary<string, object?>>();
        foreach (var campaign in rows.Where(row => row.BlockId is null).GroupBy(row => row.CampaignId))
        {
            Freeze(connection, campaign.Key, campaign, fields);
        }

        var blocks = rows.Where(row => row.BlockId is not null).GroupBy(row => row.BlockId!.Value);
        foreach (var block in blocks)
        {
            using var data = Json.Parse(
                connection.ExecuteScalar<string>("SELECT data FROM delivery_block WHERE id = @id", new { id = block.Key })!);
            foreach (var row in block)
            {
                if (data.RootElement.TryGetProperty(Name(row.Id), out var frozen))
                {
                    fields[row.Id] = TemplateFields.FromJson(frozen);
                }
            }
        }

        return [.. rows.Where(row => fields.ContainsKey(row.Id)).Select(row => ToJob(row, campaigns[row.CampaignId], fields[row.Id]))];
    }

    private static void Freeze(
        SqliteConnection connection, long campaignId, IEnumerable<ClaimedRow> rows, Dictionary<long, IReadOnlyDictionary<string, object?>> fields)
    {
        var contacts = connection.Query<ContactRow>(
                $"SELECT {ContactRow.Columns} FROM contact c WHERE c.id IN (SELECT value FROM json_each(@ids))",
                new { ids = Json.Write(rows.Select(row => row.ContactId)) })
            .ToDictionary(contact => contact.Id);
        var frozen = new Dictionary<string, object>();
        var people = rows.Where(row => contacts.ContainsKey(row.ContactId)).Select(row => (row.Id, Contact: contacts[row.ContactId])).ToList();
        foreach (var (id, contact) in people)
        {
            frozen[Name(id)] = new Dictionary<string, object?>
            {
                ["id"] = id,
                ["user_id"] = contact.Id,
                ["email"] = contact.Email,
                ["name"] = contact.Name ?? contact.Email,
                ["first_name"] = contact.FirstName,
                ["last_name"] = contact.LastName,
                ["attributes"] = Json.Read<JsonElement>(contact.Attributes),
            };
        }

        if (people.Count == 0)
        {
            return;
        }

        var data = Json.Write(frozen);
        var block = connection.ExecuteScalar<long>(
            "INSERT INTO delivery_block (campaign_id, data) VALUES (@campaignId, @data) RETURNING id", new { campaignId, data });
        using var tie = connection.Prepared("UPDATE delivery SET block_id = @block, email = @email WHERE id = @id", "@block", "@email", "@id");
        using var document = Json.Parse(data);
        foreach (var (id, contact) in people)
        {
            tie.RunWith(block, contact.Email, id);

            // Read back from what was stored, so that the first attempt renders from the same values as all later ones
            fields[id] = TemplateFields.FromJson(document.RootElement.GetProperty(Name(id)));
        }
    }

    private static SendJob ToJob(ClaimedRow row, ClaimableCampaign campaign, IReadOnlyDictionary<string, object?> fields) => new()
    {
        QueueId = row.Id,
        JobId = JobId.Of(row.Id),
        CampaignId = Name(campaign.Id),
        Revision = campaign.Revision,
        Content = campaign.Frozen,
        Policy = (SendPolicy)campaign.Policy,
        Fields = fields,
        IdempotencyKey = campaign.KeyOf(row.ContactId, row.Round),
        Status = new DeliveryStatus((int)row.Round, (DeliveryState)row.State, (int)row.Attempts),
        Spent = (int)row.Spent,
        Refusals = (int)row.Refusals,
        Ambiguous = row.Ambiguous,
        Crashes = (int)row.Crashes,
        HandedOver = (int)row.HandedOver,
        FirstAttemptAt = row.FirstAttemptAt is { } first ? DateTimeOffset.FromUnixTimeMilliseconds(first) : null,
    };

    private static string Name(long id) => id.ToString(CultureInfo.InvariantCulture);
}
