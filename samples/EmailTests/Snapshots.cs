using System.Reflection;
using System.Runtime.CompilerServices;
using Snapshooter;
using Snapshooter.Core;
using Snapshooter.Core.Serialization;

namespace EmailTests;

/// <summary>Snapshooter beside xunit.v3: snapshots lie in the folder <c>__snapshots__</c>, a first run or a change in <c>__mismatch__</c>.</summary>
internal static class Snapshots
{
    private static readonly string _folder = typeof(Snapshots).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "ProjectDirectory").Value!;

    public static void MatchSnapshot(this string text, [CallerMemberName] string test = "")
    {
        var serializer = new SnapshotSerializer(new GlobalSnapshotSettingsResolver());
        var files = new SnapshotFileHandler();
        var snapshots = new SnapshotAssert(
            serializer, files, new SnapshotEnvironmentCleaner(files), new JsonSnapshotComparer(new Equality(), serializer),
            new JsonSnapshotFormatter(serializer));
        snapshots.AssertSnapshot(text, new SnapshotFullName($"{test}.snap", _folder), new MatchOptions());
    }

    private sealed class Equality : IAssert
    {
        void IAssert.Assert(string expectedSnapshot, string actualSnapshot) => Xunit.Assert.Equal(expectedSnapshot, actualSnapshot);
    }
}
