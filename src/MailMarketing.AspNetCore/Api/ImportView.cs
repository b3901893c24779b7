using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>An import as the API shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record ImportView
{
    public required long Id { get; init; }

    [Description("A failed import keeps what it wrote before.")]
    [JsonConverter(typeof(CamelCase<ImportState>))]
    public required ImportState State { get; init; }

    [Description("Data rows read so far, the header not counted.")]
    public required int Rows { get; init; }

    public required int Added { get; init; }

    public required int Updated { get; init; }

    public required int Unchanged { get; init; }

    public required int Rejected { get; init; }

    [Description("The first 100 refusals, each with its line number.")]
    public required IReadOnlyList<string> Errors { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public static ImportView Of(ContactImport import) => new()
    {
        Id = import.Id,
        State = import.State,
        Rows = import.Rows,
        Added = import.Added,
        Updated = import.Updated,
        Unchanged = import.Unchanged,
        Rejected = import.Rejected,
        Errors = import.Errors,
        StartedAt = import.StartedAt,
    };
}
