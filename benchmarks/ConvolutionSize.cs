namespace StyleGan2.Encoder.Benchmarks;

/// <summary>How large a convolution is.</summary>
/// <param name="Channels">Channels that it reads going forward.</param>
/// <param name="Outputs">Channels that it makes going forward.</param>
/// <param name="Side">Height and width of what it reads going forward.</param>
internal readonly record struct ConvolutionSize(int Channels, int Outputs, int Side);
