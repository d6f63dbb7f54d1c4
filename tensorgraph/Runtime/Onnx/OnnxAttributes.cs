using Google.Protobuf;
using NumSharp;

namespace TensorGraph.Runtime.Onnx;

/// <summary>An operation's attribute values in ONNX's form.</summary>
internal static class OnnxAttributes
{
    internal static AttributeProto Of(KeyValuePair<string, object> attribute)
    {
        AttributeProto proto = new() { Name = attribute.Key };
        switch (attribute.Value)
        {
            case long value:
                proto.Type = AttributeProto.Types.AttributeType.Int;
                proto.I = value;
                break;
            case float value:
                proto.Type = AttributeProto.Types.AttributeType.Float;
                proto.F = value;
                break;
            case string value:
                proto.Type = AttributeProto.Types.AttributeType.String;
                proto.S = ByteString.CopyFromUtf8(value);
                break;
            case long[] values:
                proto.Type = AttributeProto.Types.AttributeType.Ints;
                proto.Ints.AddRange(values);
                break;
            case float[] values:
                proto.Type = AttributeProto.Types.AttributeType.Floats;
                proto.Floats.AddRange(values);
                break;
            case NDArray value:
                proto.Type = AttributeProto.Types.AttributeType.Tensor;
                proto.T = TensorOf(HostMemory.Of(value), "");
                break;
            default:
                throw new ArgumentException(
                    $"attribute {attribute.Key} is a {attribute.Value.GetType()}, which ONNX has no form for", nameof(attribute));
        }

        return proto;
    }

    internal static TensorProto TensorOf(HostMemory memory, string name)
    {
        TensorProto tensor = new()
        {
            Name = name,
            DataType = (int)memory.DType,
            Dims = { memory.Shape },
            RawData = ByteString.CopyFrom(memory.Bytes),
        };
        GC.KeepAlive(memory);
        return tensor;
    }
}
