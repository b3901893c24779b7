namespace MailMarketing.Templates.Scriban.Tests.Catalogue;

/// <summary>What contacts look like in the catalogue.</summary>
internal sealed record Shopper(
    string City, string? Plan, int Points, double? Score, bool Vip, DateOnly Birthday, DateTimeOffset? RenewsAt, IReadOnlyList<string> Tags,
    IReadOnlyList<Order> Orders, Address? Home, Address Work, IReadOnlyDictionary<string, string> Extra, object? Free);

internal sealed record Order(string Title, decimal Price, string? Note, IReadOnlyList<int> Sizes);

internal sealed record Address(string Street, string? Zip);
