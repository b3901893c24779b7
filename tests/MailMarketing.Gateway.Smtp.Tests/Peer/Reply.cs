namespace MailMarketing.Gateway.Smtp.Tests.Peer;

/// <summary>What the peer does instead of answering as it should.</summary>
internal static class Reply
{
    /// <summary>Ends the connection without a word.</summary>
    public const string HangUp = "(hang up)";

    /// <summary>Says nothing until the other side gives up.</summary>
    public const string Silence = "(silence)";
}
