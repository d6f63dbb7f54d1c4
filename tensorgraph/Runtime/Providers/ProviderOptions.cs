namespace TensorGraph.Runtime.Providers;

/// <summary>How a provider runs models.</summary>
/// <param name="Device">The device, <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Threads">Threads that one operation may use; 0 means one for each core.</param>
/// <param name="Kernels">Whose kernels the CPU runs: <c>csharp</c> or <c>onnxruntime</c>.</param>
/// <param name="ProfilePrefix">Begins the names of the files that models' profiles are written to; null writes none.</param>
internal sealed record ProviderOptions(string Device, int Threads, string Kernels, string? ProfilePrefix);
