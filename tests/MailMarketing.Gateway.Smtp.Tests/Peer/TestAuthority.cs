using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailMarketing.Gateway.Smtp.Tests.Peer;

/// <summary>
/// A certificate authority that this process trusts, and nobody else: certificates are verified for real, since the gateway has no switch
/// that would turn it off.
/// </summary>
internal static partial class TestAuthority
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly X509Certificate2 Root = CreateRoot();

    /// <summary>A certificate for a host that the authority vouches for.</summary>
    public static X509Certificate2 Vouched(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(host, key);
        using var certificate = request.Create(
            Root, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>One that nobody vouches for.</summary>
    public static X509Certificate2 Unknown(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(host, key).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    // Before anything looks at certificates. By the C library, since OpenSSL reads the environment there
    [ModuleInitializer]
    internal static void Trust()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("mailmarketing-smtp-").FullName, "root.pem");
        File.WriteAllText(file, Root.ExportCertificatePem());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        if (SetEnvironment("SSL_CERT_FILE", file, 1) != 0)
        {
            throw new InvalidOperationException("SSL_CERT_FILE could not be set.");
        }
    }

    private static CertificateRequest Request(string host, ECDsa key)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private static X509Certificate2 CreateRoot()
    {
        var request = new CertificateRequest("CN=test authority", Key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
