namespace ReferenceHost.Tests.Deploy;

/// <summary>What a container is started with.</summary>
/// <param name="Command">The arguments of the host.</param>
/// <param name="Environment">Its environment.</param>
internal sealed record ComposeService(string[] Command, IReadOnlyDictionary<string, string> Environment);
