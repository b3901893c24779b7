using MailMarketing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ReferenceHost.Security;

namespace ReferenceHost.People;

/// <summary>Links that let a person choose a password, good once; mailed by the lane that campaigns use.</summary>
internal sealed class Links(UserManager<Person> users, MailMarketingClient mail, HostSettings settings, ILogger<Links> logger)
{
    /// <summary>Of an invitation: three days.</summary>
    public const string Invite = "accept-invite";

    /// <summary>Of a forgotten password: an hour.</summary>
    public const string Reset = "reset-password";

    public async Task<string> MakeAsync(Person person, string purpose)
    {
        var token = await users.GenerateUserTokenAsync(person, purpose, purpose);
        return new Uri(settings.PublicUrl, $"{purpose}?person={person.Id}&token={Uri.EscapeDataString(token)}").AbsoluteUri;
    }

    /// <summary>Mails a link; false where the lane did not take it, and the log says why.</summary>
    public async Task<bool> MailAsync(Person person, string purpose, string link, CancellationToken cancellationToken)
    {
        var (subject, text) = purpose == Invite
            ? ("Your invitation to MailMarketing", "You are invited to MailMarketing. Choose your password here within three days:\n\n{link}\n")
            : ("Your MailMarketing password", "Somebody, you perhaps, asked for another password. Choose it here within an hour:\n\n{link}\n\n"
                + "If it was not you, do nothing: your password stays as it is.\n");
        var sent = await mail.SendAsync(
            new SingleEmail
            {
                To = new Mailbox(null, person.Email!),
                Source = new TemplateSource { Subject = subject, Text = text, Language = "braces" },
                Fields = new Dictionary<string, object?> { ["link"] = link },
            },
            cancellationToken);
        if (!sent.Succeeded)
        {
            Log.NotMailed(logger, person.Id, sent.Problem.Detail);
        }

        return sent.Succeeded;
    }

    /// <summary>Identity's own tokens, with a life of their own for each purpose.</summary>
    internal sealed class InviteTokens(IDataProtectionProvider protection, ILogger<DataProtectorTokenProvider<Person>> logger)
        : DataProtectorTokenProvider<Person>(protection, Live(Invite, TimeSpan.FromDays(3)), logger);

    internal sealed class ResetTokens(IDataProtectionProvider protection, ILogger<DataProtectorTokenProvider<Person>> logger)
        : DataProtectorTokenProvider<Person>(protection, Live(Reset, TimeSpan.FromHours(1)), logger);

    private static IOptions<DataProtectionTokenProviderOptions> Live(string name, TimeSpan life) =>
        Options.Create(new DataProtectionTokenProviderOptions { Name = name, TokenLifespan = life });
}
