namespace MailMarketing;

/// <summary>Why a call was refused; hosts map it to their own status (HTTP: 422, 404, 409, 503, 413).</summary>
public enum ProblemKind
{
    /// <summary>The input does not validate; <see cref="Problem.Errors"/> names the fields.</summary>
    Invalid,

    /// <summary>The thing named does not exist.</summary>
    NotFound,

    /// <summary>The thing exists, but its state or another thing does not allow the call.</summary>
    Conflict,

    /// <summary>A part that the call needs cannot be reached now; the same call may work later.</summary>
    Unavailable,

    /// <summary>More was sent than is taken at once; the message names the limit.</summary>
    TooLarge,
}
