namespace ReferenceHost;

/// <summary>The settings that roles share, below <c>MailMarketing</c>.</summary>
internal sealed record HostSettings
{
    public const string Section = "MailMarketing";

    /// <summary>Where web listens, and where the email client finds it.</summary>
    public required Uri Web { get; init; }

    /// <summary>Where the email client listens, and where web finds it.</summary>
    public required Uri EmailClient { get; init; }

    /// <summary>Where the mock gateway listens, and where the email client finds it.</summary>
    public required Uri MockGateway { get; init; }

    /// <summary>Where emails go by HTTP; null where they go to an SMTP server.</summary>
    public required Uri? HttpGateway { get; init; }

    /// <summary>Whether emails go to the mock gateway, and so nowhere.</summary>
    public bool SendsToMock => HttpGateway == MockGateway;

    /// <summary>How recipients reach web.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>The selector that the gateway signs with; null where nobody said.</summary>
    public string? DkimSelector { get; init; }

    /// <summary>How long deliveries are kept once their campaign has ended; null for ever.</summary>
    public TimeSpan? KeepDeliveries { get; init; }

    /// <summary>Where SQLite files and keys live; made where it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>What the two services share; null where nobody set it.</summary>
    public string? ServiceKey { get; init; }

    /// <summary>The one before, while it is being changed.</summary>
    public string? PreviousServiceKey { get; init; }

    public bool AllowAnonymousServices { get; init; }

    public bool AllowPlainHttp { get; init; }

    /// <summary>Whether From and the mock's credentials are preset and sample data are offered.</summary>
    public bool Demo { get; init; }

    /// <summary>Whether web puts in sample data at start; only where <see cref="Demo"/> is set.</summary>
    public bool SeedDemo { get; init; }

    /// <summary>Whether to bring the storages up to date and end, instead of running.</summary>
    public bool Migrate { get; init; }

    /// <summary>The first administrator's, for a set-up without a person; null to leave it to the set-up page.</summary>
    public string? AdminEmail { get; init; }

    public string? AdminPassword { get; init; }

    /// <summary>Whether administrators have to turn a second factor on before anything else; default false.</summary>
    public bool RequireSecondFactor { get; init; }

    /// <summary>A token for the API beside those that people make; null for none.</summary>
    public string? ApiToken { get; init; }

    /// <summary>Whether <see cref="ApiToken"/> was made for this run, so that it may be shown.</summary>
    public bool ApiTokenIsNew { get; init; }

    /// <summary>The organisation's identity provider; null for none.</summary>
    public Uri? OpenIdAuthority { get; init; }

    public static HostSettings Read(IConfiguration configuration, string contentRoot, bool isAll)
    {
        var values = new SettingsReader(configuration.GetSection(Section));
        var web = values.Address("Web:Url") ?? new Uri("http://localhost:5050");
        var mock = values.Address("MockGateway:Url") ?? new Uri("http://localhost:5052");
        var isSmtp = values.Choice("Gateway:Kind", ("http", false), ("smtp", true));
        var demo = values.Flag("Demo") ?? isAll;
        var seed = values.Flag("SeedDemo") ?? false;
        if (seed && !demo)
        {
            throw new BadSettingException($"{Section}:SeedDemo", $"sample data belong into demo mode; set {Section}:Demo to true, or leave it out.");
        }

        return new HostSettings
        {
            Web = web,
            EmailClient = values.Address("EmailClient:Url") ?? new Uri("http://localhost:5051"),
            MockGateway = mock,
            HttpGateway = isSmtp ? null : values.Address("Gateway:Url") ?? mock,
            PublicUrl = values.Address("PublicUrl") ?? values.Address("Web:PublicUrl") ?? web,
            DkimSelector = values.Text("DkimSelector"),
            KeepDeliveries = values.Time("KeepDeliveries"),
            DataDirectory = Path.GetFullPath(values.Text("DataDirectory") ?? "data", contentRoot),
            ServiceKey = values.Text("ServiceKey"),
            PreviousServiceKey = values.Text("PreviousServiceKey"),
            AllowAnonymousServices = values.Flag("AllowAnonymousServices") ?? false,
            AllowPlainHttp = values.Flag("AllowPlainHttp") ?? false,
            Demo = demo,
            SeedDemo = seed,
            Migrate = values.Flag("Migrate") ?? false,
            AdminEmail = values.Text("Admin:Email"),
            AdminPassword = values.Text("Admin:Password"),
            RequireSecondFactor = values.Flag("Admin:RequireSecondFactor") ?? false,
            ApiToken = values.Text("Admin:ApiToken"),
            OpenIdAuthority = values.Address("OpenIdConnect:Authority"),
        };
    }
}
