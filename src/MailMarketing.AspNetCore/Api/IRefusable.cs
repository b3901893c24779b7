using Microsoft.AspNetCore.Http;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A part of a call that may turn out to be unreadable; the handler is reached only where it is not.</summary>
internal interface IRefusable
{
    /// <summary>The answer in the handler's place; null where the part could be read.</summary>
    IResult? Refusal { get; }
}
