namespace MailMarketing.AspNetCore;

/// <summary>Which way a call goes; each way has a key of its own, so that neither service can play the other.</summary>
internal enum ServiceDirection
{
    ToEmailClient,
    ToWeb,
}
