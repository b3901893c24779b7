using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Freezes recipients' data, one row per block of a campaign, and makes jobs of what was frozen.</summary>
internal static class FrozenData
{
    /// <summary>Gives each row its fields, its block and its address, where its recipient's data exist or were frozen before.</summary>
    public static void Read(SqliteConnection connection, List<ClaimedRow> rows, Dictionary<long, ClaimableCampaign> campaigns)
    {
        foreach (var block in rows.Where(row => row.BlockId is not null).GroupBy(row => row.BlockId!.Value))
        {
            using var data = Json.Parse(
                connection.ExecuteScalar<string>("SELECT data FROM delivery_block WHERE id = @id", new { id = block.Key })!);
            foreach (var row in block)
            {
                if (data.RootElement.TryGetProperty(Name(row.Id), out var frozen))
                {
                    row.Fields = TemplateFields.FromJson(frozen);
                }
            }
        }

        foreach (var campaign in rows.Where(row => row.BlockId is null).GroupBy(row => row.CampaignId))
        {
            Freeze(connection, campaigns[campaign.Key], campaign);
        }
    }

    private static void Freeze(SqliteConnection connection, ClaimableCampaign campaign, IEnumerable<ClaimedRow> rows)
    {
        var contacts = connection.Query<ContactRow>(
                $"SELECT {ContactRow.Columns} FROM contact c WHERE c.id IN (SELECT value FROM json_each(@ids))",
                new { ids = Json.Write(rows.Select(row => row.ContactId)) })
            .ToDictionary(contact => contact.Id);
        var people = rows.Where(row => contacts.ContainsKey(row.ContactId)).Select(row => (Row: row, Contact: contacts[row.ContactId])).ToList();
        if (people.Count == 0)
        {
            return;
        }

        var segments = campaign.Frozen.ReadsSegments ? SegmentNames.Of(connection, contacts.Keys) : null;
        var data = Json.Write(people.ToDictionary(person => Name(person.Row.Id), person => FieldsOf(person.Row, person.Contact, segments)));
        var block = connection.ExecuteScalar<long>(
            "INSERT INTO delivery_block (campaign_id, data) VALUES (@Id, @data) RETURNING id", new { campaign.Id, data });
        using var document = Json.Parse(data);
        foreach (var (row, contact) in people)
        {
            // Read back from what was stored, so that the first attempt renders from the same values as all later ones
            row.Fields = TemplateFields.FromJson(document.RootElement.GetProperty(Name(row.Id)));
            (row.BlockId, row.Email) = (block, contact.Email);
        }
    }

    private static Dictionary<string, object?> FieldsOf(
        ClaimedRow row, ContactRow contact, Dictionary<long, IReadOnlyList<string>>? segments)
    {
        var fields = new Dictionary<string, object?>
        {
            ["id"] = row.Id,
            ["user_id"] = contact.Id,
            ["email"] = contact.Email,
            ["name"] = contact.Name ?? contact.Email,
            ["first_name"] = contact.FirstName,
            ["last_name"] = contact.LastName,
            ["attributes"] = Json.Read<JsonElement>(contact.Attributes),
        };
        if (segments is not null)
        {
            fields[TemplateFields.Segments] = segments.GetValueOrDefault(contact.Id, []);
        }

        return fields;
    }

    private static string Name(long id) => id.ToString(CultureInfo.InvariantCulture);
}
