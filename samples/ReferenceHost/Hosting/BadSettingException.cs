namespace ReferenceHost;

/// <summary>A setting that a person has to correct; the message is all they see.</summary>
/// <param name="key">The setting, as it is written in configuration.</param>
/// <param name="problem">What is wrong and what would be right.</param>
internal sealed class BadSettingException(string key, string problem) : Exception($"{key}: {problem}");
