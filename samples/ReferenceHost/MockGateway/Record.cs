using System.Text;
using System.Text.Json;

namespace ReferenceHost.MockGateway;

/// <summary>The file of all answers. A line is with the operating system before its answer leaves, so a killed process forgets none.</summary>
internal sealed class Record : IDisposable
{
    private static readonly JsonSerializerOptions _format = Json.Options;

    private readonly Lock _lock = new();
    private readonly FileStream? _file;

    private Record(FileStream? file) => _file = file;

    /// <summary>Opens the file and gives what it holds to <paramref name="known"/>.</summary>
    public static Record Open(string? path, Action<Answer> known)
    {
        if (path is null)
        {
            return new Record(null);
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            file.SetLength(Load(file, path, known));
            file.Seek(0, SeekOrigin.End);
            return new Record(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadSettingException($"{MockGatewayOptions.Section}:RecordTo", exception.Message);
        }
    }

    public void Append(Answer answer)
    {
        if (_file is null)
        {
            return;
        }

        var line = JsonSerializer.SerializeToUtf8Bytes(answer, _format);
        lock (_lock)
        {
            var end = _file.Length;
            try
            {
                _file.Write([.. line, (byte)'\n']);
                _file.Flush();
            }
            catch (IOException)
            {
                // Half a line would spoil the next one.
                _file.SetLength(end);
                throw;
            }
        }
    }

    public void Dispose() => _file?.Dispose();

    // Returns the end of the last whole line: what a killed process left behind it was never answered.
    private static long Load(FileStream file, string path, Action<Answer> known)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var (end, number) = (0L, 0);
        while (reader.ReadLine() is { } line)
        {
            var next = end + Encoding.UTF8.GetByteCount(line) + 1;
            if (next > file.Length)
            {
                break;
            }

            number++;
            try
            {
                known(JsonSerializer.Deserialize<Answer>(line, _format) ?? throw new JsonException());
            }
            catch (JsonException)
            {
                throw new BadSettingException(
                    $"{MockGatewayOptions.Section}:RecordTo", $"line {number} of {path} is no record of this gateway; choose another file.");
            }

            end = next;
        }

        return end;
    }
}
