using System.CommandLine;
using StyleGan2.Encoder.Benchmarks;

RootCommand root = new("Benchmarks of the StyleGAN2 encoder; every figure is a ratio within one run.")
{
    StepBenchmark.Command(),
    MemoryBenchmark.Command(),
    PresetsBenchmark.Command(),
    JobsBenchmark.Command(),
    KernelsBenchmark.Command(),
    ReadDatasetBenchmark.Command(),
    CreateDatasetBenchmark.Command(),
};
return root.Parse(args).Invoke();
