using System.Globalization;

namespace MailMarketing.EndToEnd;

/// <summary>What is measured.</summary>
/// <param name="Recipients">Of each campaign.</param>
/// <param name="Rounds">Of which the median counts.</param>
/// <param name="Many">Recipients of the largest one.</param>
/// <param name="People">Rows of a list that is imported, and recipients of a campaign that is only started.</param>
/// <param name="Contacts">In the store whose pages are looked at; it has twice as many deliveries.</param>
/// <param name="Views">Of each page.</param>
/// <param name="Only">The parts to measure; none for all.</param>
/// <param name="Postgres">A connection string; null leaves PostgreSQL out.</param>
/// <param name="Redis">Where a Redis server listens; null leaves the two services out.</param>
/// <param name="Host">The reference host; null leaves the two services out.</param>
/// <param name="Results">The file to write.</param>
internal sealed record Arguments(int Recipients, int Rounds, int Many, int People, int Contacts, int Views, IReadOnlyList<string> Only, string? Postgres, string? Redis, string? Host,
    string Results)
{
    /// <summary>Requests on their way at once, in ours and in the ceiling.</summary>
    public const int Concurrency = 20;

    /// <summary>Recipients of what is slow.</summary>
    public const int Few = 500;

    public static Arguments Read(string[] args)
    {
        string? Of(string name) => args.SkipWhile(arg => arg != name).Skip(1).FirstOrDefault();
        var isQuick = args.Contains("--quick");
        return new(
            Number(Of("--recipients")) ?? (isQuick ? 5_000 : 50_000), Number(Of("--rounds")) ?? (isQuick ? 3 : 5),
            Number(Of("--many")) ?? (isQuick ? 100_000 : 1_000_000),
            Number(Of("--people")) ?? (isQuick ? 50_000 : 1_000_000), Number(Of("--contacts")) ?? (isQuick ? 100_000 : 5_000_000),
            isQuick ? 40 : 200, Of("--only")?.Split(',') ?? [], Of("--postgres"), Of("--redis"), Of("--host"),
            Of("--results") ?? Path.Combine("artifacts", "bench", "results.json"));
    }

    /// <summary>Whether a part is wanted.</summary>
    public bool Wants(string part) => Only.Count == 0 || Only.Contains(part);

    private static int? Number(string? text) => text is null ? null : int.Parse(text, CultureInfo.InvariantCulture);
}
