using MailMarketing.Engine;

namespace MailMarketing.Core.Tests.Preflight;

/// <summary>What is looked at in the email of each recipient.</summary>
public sealed class RecipientCheckTests
{
    private const string Link = "https://mail.example.org/m/u/token";

    private readonly RecipientCheck _check = new();

    [Fact]
    public void A_good_email_to_everybody_is_well()
    {
        Add(Good, 1000);
        Assert.Equal(
            ["recipients", "names", "subject", "text", "unsubscribe", "size"], _check.Items().Select(item => item.Code));
        Assert.All(_check.Items(), item => Assert.Equal((PreflightLevel.Ok, null), (item.Level, item.Remedy)));
        Assert.Equal("It reaches 1,000 people", Item("recipients").Title);
    }

    [Fact]
    public void Nobody_is_an_error_and_the_suppressed_are_counted()
    {
        Assert.Equal((PreflightLevel.Error, "It reaches nobody"), (Item("recipients").Level, Item("recipients").Title));
        _check.Add(new AudienceMember(Person(1), "The address is suppressed."), null);
        Assert.Equal((PreflightLevel.Error, "Everybody is withheld"), (Item("recipients").Level, Item("recipients").Title));
        Add(Good);
        Assert.Equal((PreflightLevel.Ok, "1 person unsubscribed or suppressed get nothing."), (Item("recipients").Level, Item("recipients").Detail));
    }

    [Fact]
    public void Who_would_get_no_email_is_counted_and_the_first_few_are_named()
    {
        for (var i = 0; i < 5; i++)
        {
            _check.Add(new AudienceMember(Person(i), null), new PreparedMessage(Job(Link), null, "There is no city."));
        }

        Assert.Equal((PreflightLevel.Error, "The email can be made for nobody"), (Item("names").Level, Item("names").Title));
        Assert.Equal(["recipients", "names"], _check.Items().Select(item => item.Code));
        Add(Good);
        Assert.Equal((PreflightLevel.Warning, "5 people would get no email"), (Item("names").Level, Item("names").Title));
        Assert.Equal(3, Item("names").Detail!.Split("There is no city.").Length - 1);
        Assert.Contains("p0@example.org: There is no city.", Item("names").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(78, PreflightLevel.Ok, "The subject has a good length")]
    [InlineData(79, PreflightLevel.Warning, "The subject is longer than 78 characters for 1 person")]
    [InlineData(255, PreflightLevel.Warning, "The subject is longer than 78 characters for 1 person")]
    [InlineData(256, PreflightLevel.Error, "The subject is longer than 255 characters for 1 person")]
    [InlineData(0, PreflightLevel.Error, "The subject is empty for 1 person")]
    public void The_longest_subject_counts(int length, PreflightLevel level, string title)
    {
        Add(Good);
        Add(Good with { Subject = string.Concat(Enumerable.Repeat("😀", length)) });
        Assert.Equal((level, title), (Item("subject").Level, Item("subject").Title));
    }

    [Fact]
    public void An_email_without_a_text_part_is_a_warning()
    {
        Add(Good with { Text = " " });
        Assert.Equal((PreflightLevel.Warning, "There is no text part"), (Item("text").Level, Item("text").Title));
    }

    [Theory]
    [InlineData("<p>Hi</p>", Link, "The HTML part has no unsubscribe link")]
    [InlineData($"<a href='{Link}'>x</a>", "Hi", "The text part has no unsubscribe link")]
    [InlineData("<p>Hi</p>", "Hi", "There is no unsubscribe link")]
    [InlineData(null, "Hi", "The text part has no unsubscribe link")]
    public void Each_part_needs_an_unsubscribe_link(string? html, string? text, string title)
    {
        Add(Good with { Html = html, Text = text });
        Assert.Equal((PreflightLevel.Warning, title), (Item("unsubscribe").Level, Item("unsubscribe").Title));
    }

    [Fact]
    public void Links_that_cannot_be_made_are_told()
    {
        _check.Add(new AudienceMember(Person(1), null), Message(Good, null));
        Assert.Equal(PreflightLevel.Warning, Item("unsubscribe").Level);
        Assert.Contains("PublicUrl is not set", Item("unsubscribe").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(102 * 1024, PreflightLevel.Ok, "Gmail shows all of it")]
    [InlineData((102 * 1024) + 1, PreflightLevel.Warning, "Gmail cuts it off for 1 person")]
    public void What_Gmail_cuts_off_is_a_warning(int bytes, PreflightLevel level, string title)
    {
        Add(Good);
        Add(Good with { Html = Link + "ä" + new string('x', bytes - Link.Length - 2) });
        Assert.Equal((level, title), (Item("size").Level, Item("size").Title));
    }

    [Fact]
    public void One_email_of_each_language_is_kept_to_look_at()
    {
        foreach (var language in new[] { "de", "en", "DE", "fr" })
        {
            _check.Add(new AudienceMember(Person(1), null), Message(Good with { Subject = language }, Link, language));
        }

        Assert.Equal(["de", "en", "fr"], _check.Samples.Select(sample => sample.Subject).Order());
    }

    private static RenderedEmail Good => new("Hello", $"<p>Hi</p><a href=\"{Link}\">Unsubscribe</a>", $"Hi {Link}");

    private void Add(RenderedEmail email, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _check.Add(new AudienceMember(Person(i), null), Message(email, Link));
        }
    }

    private PreflightItem Item(string code) => _check.Items().Single(item => item.Code == code);

    private static Contact Person(int number) => new() { Id = number, Email = $"p{number}@example.org", CreatedAt = DateTimeOffset.UnixEpoch };

    private static PreparedMessage Message(RenderedEmail email, string? link, string? language = null)
    {
        var message = new EmailMessage
        {
            IdempotencyKey = "k", From = new("News", "news@example.org"), To = new(null, "p@example.org"), Content = email,
            Headers = new Dictionary<string, string>(),
        };
        return new PreparedMessage(Job(link, language), message, null);
    }

    private static SendJob Job(string? link, string? language = null) => new()
    {
        QueueId = 1, JobId = JobId.Of(1), IdempotencyKey = "k", Status = new(1, DeliveryState.Pending, 0),
        Content = new() { Source = new() { Subject = "s", Text = "t" }, FrozenAt = DateTimeOffset.UnixEpoch },
        Fields = new Dictionary<string, object?>
        {
            ["unsubscribe_url"] = link, ["attributes"] = new Dictionary<string, object?> { ["language"] = language },
        },
    };
}
