using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// A folder of one's own inside <c>--tmp-dir</c>; disposing removes it, and <c>--tmp-dir</c> too where that was made for it and is empty.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly string _parent;
    private readonly bool _madeParent;

    internal ScratchFolder(string parent)
    {
        _parent = parent;
        _madeParent = !Directory.Exists(parent);
        Location = Path.Combine(parent, Guid.NewGuid().ToString("N"));
        UnwritableFolderException.Guard(parent, "temporary files", () => Directory.CreateDirectory(Location));
    }

    internal string Location { get; }

    public void Dispose()
    {
        Directory.Delete(Location, recursive: true);
        if (_madeParent && !Directory.EnumerateFileSystemEntries(_parent).Any())
        {
            Directory.Delete(_parent);
        }
    }
}
