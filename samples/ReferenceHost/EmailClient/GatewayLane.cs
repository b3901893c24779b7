using MailMarketing;

namespace ReferenceHost.EmailClient;

/// <summary>The email client's one way out, by HTTP or by SMTP, as it is set below <c>MailMarketing:Gateway</c>.</summary>
internal static class GatewayLane
{
    private const string Lane = "default";
    private const string Section = $"{HostSettings.Section}:Gateway";

    private static readonly string[] _ofSmtpAlone =
        ["Host", "Port", "Security", "RequiresCredentials", "LocalDomain", "MessagesPerConnection", "IdleTimeout"];

    public static void Add(MailMarketingBuilder marketing, IConfiguration configuration, HostSettings settings)
    {
        var section = configuration.GetSection(Section);
        var values = new SettingsReader(section);
        _ = Credentials(configuration);
        if (settings.HttpGateway is not { } url)
        {
            AddSmtp(marketing, section, values);
            return;
        }

        if (Array.Find(_ofSmtpAlone, key => values.Text(key) is not null) is { } foreign)
        {
            throw new BadSettingException($"{Section}:{foreign}", "only SMTP has it: set Kind to smtp, or leave it out.");
        }

        // The mock honours keys unless it is told not to; of another gateway only its operator knows
        var mock = new SettingsReader(configuration.GetSection($"{HostSettings.Section}:MockGateway"));
        var honoursKeys = settings.SendsToMock && mock.Flag("IgnoreKeys") != true;
        marketing.AddHttpGateway(Lane, options =>
        {
            (options.HonoursIdempotencyKeys, options.SupportsAttachments) = (honoursKeys, settings.SendsToMock);
            SettingsReader.Bind(section, options);
            options.Endpoint = url;
        });
    }

    /// <summary>What people would set in the dashboard; null where nobody set it here.</summary>
    public static GatewayCredentials? Credentials(IConfiguration configuration)
    {
        var values = new SettingsReader(configuration.GetSection(Section));
        return (values.Text("User"), values.Text("Password")) switch
        {
            (null, null) => null,
            ({ } user, { } password) => new GatewayCredentials(user, password),
            (var user, _) => throw new BadSettingException($"{Section}:{(user is null ? "User" : "Password")}", "set both User and Password, or neither."),
        };
    }

    private static void AddSmtp(MailMarketingBuilder marketing, IConfigurationSection section, SettingsReader values)
    {
        if (values.Text("Url") is not null)
        {
            throw new BadSettingException($"{Section}:Url", "only HTTP has it: set Host and Port, or leave Kind out.");
        }

        var host = values.Text("Host") ?? throw new BadSettingException(
            $"{Section}:Host", "Kind smtp needs the server's name, such as smtp.example.org.");
        var security = values.Choice(
            "Security", ("starttls", SmtpSecurity.StartTls), ("tls", SmtpSecurity.Tls), ("none", SmtpSecurity.None));
        marketing.AddSmtpGateway(Lane, options =>
        {
            SettingsReader.Bind(section, options);
            (options.Host, options.Security) = (host, security);
        });
    }
}
