using NumSharp;
using TensorGraph.Random;

namespace TensorGraph.Operations;

/// <summary>Makes the values of one run of a random operation.</summary>
/// <param name="stream">Where random words come from.</param>
/// <param name="shape">The values' shape.</param>
/// <param name="inputs">The operation's inputs.</param>
internal delegate NDArray RandomDraw(PhiloxStream stream, Shape shape, IReadOnlyList<NDArray> inputs);
