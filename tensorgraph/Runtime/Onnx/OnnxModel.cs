using TensorGraph.Graphs;

namespace TensorGraph.Runtime.Onnx;

/// <summary>A model that is to be compiled.</summary>
/// <param name="Proto">The model.</param>
/// <param name="Shapes">Shapes of its float32 values, as far as they are known.</param>
/// <param name="Constants">Its large constants.</param>
internal sealed record OnnxModel(ModelProto Proto, IReadOnlyDictionary<string, TensorShape> Shapes, LargeConstants Constants);
