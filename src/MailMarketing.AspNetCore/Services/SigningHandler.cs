using System.Globalization;
using Microsoft.Extensions.Options;

namespace MailMarketing.AspNetCore;

/// <summary>Signs calls to the other service. It stands inside the resilience handler, so that each attempt has an id of its own.</summary>
internal sealed class SigningHandler(ServiceSignature signature, IOptions<ServiceOptions> options, ServiceDirection direction) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = request.RequestUri ?? throw new InvalidOperationException("A call between the services needs an address.");
        if (target.Scheme != Uri.UriSchemeHttps && !target.IsLoopback && !options.Value.AllowPlainHttp)
        {
            throw new MailMarketingException(
                $"The other service at {target.Host} would be called over plain HTTP: give it an https address, or set AllowPlainHttp.");
        }

        if (signature.HasKey)
        {
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            var signed = signature.Sign(direction, request.Method.Method, target.PathAndQuery, body);
            Set(SignedHeaders.IdName, signed.Id);
            Set(SignedHeaders.TimestampName, signed.Timestamp.ToString(CultureInfo.InvariantCulture));
            Set(SignedHeaders.SignatureName, signed.Signature);
        }

        return await base.SendAsync(request, cancellationToken);

        void Set(string name, string value)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
