using System.Text.Json.Serialization;

namespace MailMarketing.Abstractions.Tests;

public sealed class ContactModelTests
{
    private static readonly ModelField Attributes = ContactModel.Of<Shopper>().Attributes;

    [Theory]
    [InlineData("first_visit", ModelKind.Date, false)]
    [InlineData("points", ModelKind.Number, false)]
    [InlineData("score", ModelKind.Number, true)]
    [InlineData("is_vip", ModelKind.Bool, false)]
    [InlineData("plan", ModelKind.Text, true)]
    [InlineData("level", ModelKind.Text, false)]
    [InlineData("town", ModelKind.Text, false)]
    [InlineData("orders", ModelKind.List, false)]
    [InlineData("home", ModelKind.Nested, true)]
    [InlineData("extra", ModelKind.Any, false)]
    public void Properties_become_members_with_their_kind(string name, ModelKind kind, bool isOptional)
    {
        var member = Attributes.Members![name];
        Assert.Equal((kind, isOptional), (member.Kind, member.IsOptional));
    }

    [Fact]
    public void Items_and_nested_records_have_members_too()
    {
        Assert.Equal(ModelKind.Number, Attributes.Members!["orders"].Item!.Members!["price"].Kind);
        Assert.True(Attributes.Members["home"].Members!["zip"].IsOptional);
        Assert.DoesNotContain("Secret", Attributes.Members.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("City", Attributes.Members.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_type_that_names_itself_ends() => Assert.NotNull(ContactModel.Of<Node>().Attributes.Members!["next"].Members!["next"]);

    private enum Level
    {
        Low,
    }

    private sealed record Shopper(
        DateOnly FirstVisit, int Points, double? Score, bool IsVip, string? Plan, Level Level, [property: JsonPropertyName("town")] string City,
        IReadOnlyList<Order> Orders, Address? Home, IReadOnlyDictionary<string, string> Extra, [property: JsonIgnore] string Secret);

    private sealed record Order(decimal Price);

    private sealed record Address(string? Zip);

    private sealed record Node(string Name, Node? Next);
}
