using System.Buffers;
using TensorGraph.Data.Files;
using TensorGraph.Records;

namespace TensorGraph.Data;

/// <summary>Components that are images in the records of a file. Pixels are read straight into their place.</summary>
/// <remarks>
/// Nearly always all records of a file are laid out alike: all but the pixels is the same, byte for byte. So the first record is parsed, and the others are read with the
/// pixels where they were there; where the bytes around them then differ from the first's, the record is read again and parsed.
/// </remarks>
internal sealed class ImageSource(RecordFile file, ImageShape shape) : ComponentSource
{
    private volatile ImageLayout? _layout;

    internal override bool IsInMemory => false;

    internal override void CopyTo(in Component component, Span<byte> destination)
    {
        if (_layout is not { } layout || !layout.TryRead(file, component, destination))
        {
            Parse(component, destination);
        }
    }

    internal override bool TryCopyRun(ReadOnlySpan<Component> run, Span<byte> destination) =>
        _layout is { } layout && layout.TryReadRun(file, run, destination);

    private void Parse(in Component component, Span<byte> destination)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)component.Length);
        try
        {
            Span<byte> record = buffer.AsSpan(0, (int)component.Length);
            file.ReadRecord(component.Offset, [], record, []);
            RecordLocation location = file.Location(component.Offset);
            ImageExample image = ImageExample.Parse(record, location);
            image.RequireShape(shape, location);
            image.Data.CopyTo(destination);
            _layout ??= ImageLayout.Of(record, image);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
