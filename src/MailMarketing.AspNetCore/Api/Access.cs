namespace MailMarketing.AspNetCore.Api;

/// <summary>Which of the app's policies an endpoint asks for; without one, GET asks for Read and all else for Write.</summary>
internal enum Access
{
    Read,
    Write,
    Settings,
}
