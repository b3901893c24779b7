namespace ReferenceHost.Tests.TwoServices;

/// <summary>A file that came with a message, as the mock gateway records it.</summary>
internal sealed record GatewayFile(string Name, string ContentType, int Size, string Sha256);
