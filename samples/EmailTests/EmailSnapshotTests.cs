using MailMarketing;

namespace EmailTests;

public sealed class EmailSnapshotTests : IDisposable
{
    private static readonly IReadOnlyDictionary<string, TemplateSource> _emails = TemplateFolder.Read(Path.Combine(AppContext.BaseDirectory, "Emails"));

    private readonly TemplateTester _mail = new(mail => mail.UseScriban()) { From = new Mailbox("Corner Shop", "hello@example.org") };

    public static TheoryData<string> Names => [.. _emails.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryEmailIsFitToSend(string name) => Assert.Empty(_mail.Check(_emails[name]));

    [Fact]
    public void Welcome() => _mail.Snapshot(_emails["welcome"], SampleContacts.All).MatchSnapshot();

    [Fact]
    public void OrderShipped() => _mail.Snapshot(
        _emails["order-shipped"],
        new[] { SampleContacts.Ordinary, SampleContacts.AddressOnly }.With(new
        {
            order = new { number = "A-1042", carrier = "Parcel Post", lines = new[] { new { name = "Tea, 250 g", amount = 2 }, new { name = "Mug", amount = 1 } } },
        })).MatchSnapshot();

    public void Dispose() => _mail.Dispose();
}
