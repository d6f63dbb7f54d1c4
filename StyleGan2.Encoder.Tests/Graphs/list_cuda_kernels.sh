#!/usr/bin/env bash
# Lists the kernel classes of ONNX Runtime's CUDA provider, from the names that its library holds for run-time type information.
#   list_cuda_kernels.sh path/to/libonnxruntime_providers_cuda.so > cuda-kernels-VERSION.txt
# The library is in the package Microsoft.ML.OnnxRuntime.Gpu.Linux, under runtimes/linux-x64/native. Needs binutils.
set -euo pipefail
strings -n 8 "$1" \
    | grep -E '^N11onnxruntime[0-9A-Za-z_]+E$' \
    | sed 's/^/_ZTS/' \
    | c++filt \
    | sed -n 's/^typeinfo name for onnxruntime:://p' \
    | grep -E '^(cuda::[A-Z][A-Za-z_0-9]*(<|$)|Shape$)' \
    | sed -E 's/^cuda:://; s/onnxruntime::(cuda::)?//g' \
    | LC_ALL=C sort -u
