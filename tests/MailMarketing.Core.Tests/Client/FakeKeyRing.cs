using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MailMarketing.Core.Tests.Client;

/// <summary>Data Protection's own key manager, its keys in memory.</summary>
internal sealed class FakeKeyRing : IKeyManager, IXmlRepository
{
    private readonly List<XElement> _elements = [];
    private readonly XmlKeyManager _manager;

    public FakeKeyRing() => _manager = new XmlKeyManager(
        Options.Create(new KeyManagementOptions
        {
            XmlRepository = this,
            AuthenticatedEncryptorConfiguration = new AuthenticatedEncryptorConfiguration(),
        }),
        new Activator());

    public IReadOnlyCollection<XElement> GetAllElements() => _elements;

    public void StoreElement(XElement element, string friendlyName) => _elements.Add(element);

    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) =>
        _manager.CreateNewKey(activationDate, expirationDate);

    public IReadOnlyCollection<IKey> GetAllKeys() => _manager.GetAllKeys();

    public CancellationToken GetCacheExpirationToken() => _manager.GetCacheExpirationToken();

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => _manager.RevokeAllKeys(revocationDate, reason);

    public void RevokeKey(Guid keyId, string? reason = null) => _manager.RevokeKey(keyId, reason);

    // The default one is internal; this makes the same of a type's name.
    private sealed class Activator : Microsoft.AspNetCore.DataProtection.Internal.IActivator
    {
        public object CreateInstance(Type expectedBaseType, string implementationTypeName) =>
            System.Activator.CreateInstance(Type.GetType(implementationTypeName, throwOnError: true)!)!;
    }
}
