using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailMarketing.Storage.Postgres;

/// <summary>What a claim needs of a campaign.</summary>
internal sealed class ClaimableCampaign
{
    private FrozenContent? _frozen;

    public long Id { get; init; }

    public byte[] Secret { get; init; } = [];

    public string Content { get; init; } = "";

    public SendPolicy Policy { get; init; }

    public long Revision { get; init; }

    /// <summary>How many deliveries are due that somebody had before, counted no further than a claim may take.</summary>
    public long Again { get; init; }

    /// <summary>The same of those that nobody had yet.</summary>
    public long Fresh { get; init; }

    /// <summary>Nobody had those with higher ids.</summary>
    public long FreshAfter { get; set; }

    public long Due => Again + Fresh;

    /// <summary>One instance for all jobs.</summary>
    public FrozenContent Frozen => _frozen ??= Json.Read<FrozenContent>(Content);

    /// <summary>The same for every attempt of a round.</summary>
    public string KeyOf(long contactId, int round) => Base64Url.EncodeToString(
        HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{contactId}:{round}"))));
}
