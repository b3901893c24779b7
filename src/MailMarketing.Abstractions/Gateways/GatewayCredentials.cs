namespace MailMarketing;

/// <summary>What a gateway is signed in to with.</summary>
/// <param name="User">The user name.</param>
/// <param name="Password">The password; never logged.</param>
public sealed record GatewayCredentials(string User, string Password)
{
    /// <inheritdoc />
    public override string ToString() => $"{nameof(GatewayCredentials)} of {User}";
}
