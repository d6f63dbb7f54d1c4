using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Creation;
using DatasetTool.Sources;

namespace DatasetTool.Commands;

/// <summary>
/// <c>create_mnist</c>, <c>create_mnistrgb</c>, <c>create_cifar10</c>, <c>create_cifar100</c>, <c>create_svhn</c> and <c>create_celeba</c>.
/// </summary>
internal static class KnownDatasetCommands
{
    internal static Command DefineMnist() => CreateCommand.Define(
        "create_mnist", "Create dataset for MNIST.", Folder("mnist_dir", "MNIST"), "MNIST",
        (_, target, source, options, cancellation) => MnistFiles.Load(source).WithDigits().Export(target, options, cancellation));

    internal static Command DefineMnistRgb()
    {
        Option<int> numImages = NumberOption.Of("--num_images", "Number of composite images to create", 1000000, least: 1);
        Option<uint> randomSeed = NumberOption.Of("--random_seed", "Random seed", 123u);
        return CreateCommand.Define(
            "create_mnistrgb", "Create dataset for MNIST-RGB.", Folder("mnist_dir", "MNIST"), "MNIST",
            (result, target, source, options, cancellation) =>
                CreateMnistRgb.Run(target, source, result.GetValue(numImages), result.GetValue(randomSeed), options, cancellation),
            numImages, randomSeed);
    }

    internal static Command DefineCifar10() => Define("create_cifar10", "cifar10_dir", "CIFAR-10", PickledSet.Cifar10);

    internal static Command DefineCifar100() => Define("create_cifar100", "cifar100_dir", "CIFAR-100", PickledSet.Cifar100);

    internal static Command DefineSvhn() => Define("create_svhn", "svhn_dir", "SVHN", PickledSet.Svhn);

    internal static Command DefineCelebA()
    {
        Option<int> cx = Center("--cx", "Center X coordinate", 89, CreateCelebA.Width),
            cy = Center("--cy", "Center Y coordinate", 121, CreateCelebA.Height);
        return CreateCommand.Define(
            "create_celeba", "Create dataset for CelebA.", Folder("celeba_dir", "CelebA"), "CelebA",
            (result, target, source, options, cancellation) =>
                new CreateCelebA().Run(target, source, result.GetValue(cx), result.GetValue(cy), options, cancellation),
            cx, cy);
    }

    private static Command Define(string name, string argument, string dataset, PickledSet set) => CreateCommand.Define(
        name, $"Create dataset for {dataset}.", Folder(argument, dataset), dataset,
        (_, target, source, options, cancellation) => set.Load(source).Export(target, options, cancellation));

    private static Argument<string> Folder(string name, string dataset) => new(name) { Description = $"Directory containing {dataset}" };

    private static Option<int> Center(string name, string description, int missing, int size) =>
        NumberOption.Of(name, description, missing, least: CreateCelebA.Radius, most: size - CreateCelebA.Radius);
}
