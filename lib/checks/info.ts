/** What a check is about, for people. Plain data without imports: the browser shows it too. */
export interface CheckInfo {
  readonly severity: 'error' | 'warning' | 'info'
  readonly title: string
  readonly why: string
  readonly fix: string
}

/** Every check there is. The page of a check is `docs/checks/CODE.md`. */
export const CHECK_INFO = {
  'META-001': {
    severity: 'error',
    title: 'Index and config name different platforms',
    why: 'Clients choose by the index and then trust the config. When the two disagree, some pull the image and run the wrong architecture, others refuse it.',
    fix: 'Build the image again for the platform the index names, or correct the entry, and push the index anew. A Dockerfile whose FROM is pinned to one architecture’s digest is a usual cause.',
  },
  'META-002': {
    severity: 'error',
    title: 'Two platforms are the same image',
    why: 'One image runs on one architecture. When two platforms share a manifest or a config, at least one of them gets the other’s binaries.',
    fix: 'Join the index from one image per platform; look for a build matrix that pushed the same tag twice.',
  },
  'META-003': {
    severity: 'warning',
    title: 'Architectures share one base layer',
    why: 'A base system holds binaries of one architecture. When images for several architectures stand on the same one, all but one of them get binaries that do not run there; under emulation nobody notices.',
    fix: 'Look at the FROM line: a digest in it must be the digest of the index, not of one architecture’s image. With --platform=$BUILDPLATFORM the last stage is built for the build machine.',
  },
  'META-004': {
    severity: 'warning',
    title: 'Only a variant is listed that clients do not ask for',
    why: 'Docker and containerd compare variants exactly. A stock machine asks for the plain platform and is told that the image does not have it.',
    fix: 'List the image without the variant, or an entry without it beside the variants.',
  },
  'META-005': {
    severity: 'warning',
    title: 'Architectures are started differently',
    why: 'Entrypoint, user, ports or environment differ between architectures of one release. What was tested on one is not what runs on the other.',
    fix: 'Build all architectures from one Dockerfile and one commit. Where the difference is wanted, write an exception with its reason.',
  },
  'META-006': {
    severity: 'error',
    title: 'Architectures are of different versions',
    why: 'Version or revision labels, a version variable or the time of the build differ: one architecture was left behind, and the tag gives its users something else.',
    fix: 'Build the architecture again from the commit of the others, and join the index anew. Look for a build job that was skipped and whose old tag was joined.',
  },
  'META-007': {
    severity: 'info',
    title: 'One architecture is unlike the others in size',
    why: 'Many more or fewer layers or bytes than the others often mean a part that is missing, was built with debug symbols, or comes from another Dockerfile.',
    fix: 'Compare its layers and history lines with another architecture’s.',
  },
  'SUP-001': {
    severity: 'warning',
    title: 'SBOM or provenance is missing or of another architecture',
    why: 'Scanners and admission policies read the SBOM of the platform they run on. Without one, or with another architecture’s, they see nothing or the wrong packages.',
    fix: 'Let the build of every platform attach its own, and keep attestations when images are joined.',
  },
  'COV-002': {
    severity: 'error',
    title: 'A platform was lost',
    why: 'The version before, or the same tag before it moved, had the platform. Its users cannot update, and mostly nobody decided that.',
    fix: 'Look for a build job that failed without stopping the release, and build the platform again. Where it was dropped on purpose, write an exception with its reason.',
  },
  'COV-003': {
    severity: 'error',
    title: 'A floating tag lacks a platform that the newest version has',
    why: 'Most people pull latest. They miss a platform that was built and released.',
    fix: 'Point the floating tag at the index of the newest version: docker buildx imagetools create -t REPO:latest REPO:VERSION.',
  },
  'COV-004': {
    severity: 'warning',
    title: 'A plain image where an index is expected',
    why: 'A push of one image has replaced the index, or the images were never joined. Clients on every platform get this one image, and on the others it does not run.',
    fix: 'Join the images of all platforms under the tag again; let single builds push TAG-ARCH only.',
  },
  'COV-005': {
    severity: 'warning',
    title: 'The index is ambiguous',
    why: 'Clients take the first entry that matches a platform. A second entry is never pulled, an entry without a platform matches by luck, and many clients do not look into a nested index.',
    fix: 'List each platform once, each with its platform, directly in the index.',
  },
  'COV-001': {
    severity: 'error',
    title: 'A required platform is missing',
    why: 'Who pulls the image on that platform gets nothing, or, where the index is a single image, another platform’s binaries.',
    fix: 'Build the platform and join it into the index again; look for a build job that failed without stopping the release.',
  },
  'ELF-001': {
    severity: 'error',
    title: 'The entrypoint is a binary for another architecture',
    why: 'On a machine of the platform it does not start (exec format error). On a build machine with emulation it runs without a word, so a test that only runs it is green.',
    fix: 'Look where the binary comes from: a COPY from a stage of another platform, a download with a fixed architecture in its URL, or a compiler that was not told the target.',
  },
  'ELF-003': {
    severity: 'error',
    title: 'The loader that the entrypoint needs is missing or wrong',
    why: 'The kernel starts a dynamic binary by the loader it names. Without it the container ends with “no such file or directory”, although the binary is there.',
    fix: 'Link statically, or use a base image with the C library the binary was built for: glibc binaries do not start on Alpine, nor musl ones on Debian.',
  },
  'ELF-002': {
    severity: 'error',
    title: 'Programs or libraries are for another architecture',
    why: 'What needs them fails on a machine of the platform, often long after the start. A test that only starts the image does not see it, nor does one under emulation.',
    fix: 'Look at the step that made the layer: a COPY from a stage of another platform, a download with a fixed architecture in its URL, node_modules or wheels installed on the build machine.',
  },
  'ELF-004': {
    severity: 'error',
    title: 'Segments are aligned for small pages only',
    why: 'POWER distributions, and some for arm64, run kernels with 64 KiB pages. The loader refuses a file whose segments are aligned to less. Emulation on x86 has 4 KiB pages and shows nothing.',
    fix: 'Link with -Wl,-z,max-page-size=65536, or update the linker. Where a ready-made binary is used, ask its maker.',
  },
  'ELF-005': {
    severity: 'warning',
    title: 'jemalloc is built in: it may stop on large pages',
    why: 'jemalloc is compiled for the page size of the machine that builds it. On a kernel with larger pages it ends the program (“Unsupported system page size”), which emulation does not show.',
    fix: 'Build it with --with-lg-page=16 (JEMALLOC_SYS_WITH_LG_PAGE=16 for Rust), and run the image once on a machine with 64 KiB pages.',
  },
  'ELF-006': {
    severity: 'error',
    title: 'Another calling convention than the platform’s',
    why: 'The machine is right, and the way functions pass their arguments is not: the loader refuses the file, or it computes wrong numbers.',
    fix: 'Use the compiler of the platform: powerpc64le (ELFv2), gnueabihf for arm/v7, lp64d for riscv64.',
  },
  'ELF-007': {
    severity: 'info',
    title: 'It needs a newer processor than the platform says',
    why: 'On older machines of the same platform it ends with an illegal instruction or a message of its loader. No platform name warns of it.',
    fix: 'Compile for the oldest processor you promise (GOAMD64=v1, GOPPC64=power8, -march=x86-64), take a base that does, or say in the documentation what is needed.',
  },
  'GO-001': {
    severity: 'error',
    title: 'Go was told another platform',
    why: 'The binary says itself that it was built for another system or architecture: it does not run here.',
    fix: 'Hand GOOS and GOARCH to the build: RUN GOARCH=$TARGETARCH GOOS=$TARGETOS go build, with ARG TARGETARCH TARGETOS before it.',
  },
  'PKG-001': {
    severity: 'error',
    title: 'Installed packages are for another architecture',
    why: 'The base system is another architecture’s, or packages of one were added: their programs do not run here, and updates fetch more of the same.',
    fix: 'Look at the FROM line, and at --platform in it; remove packages that were installed as NAME:ARCH.',
  },
  'PKG-002': {
    severity: 'warning',
    title: 'Architectures have packages of different versions',
    why: 'What was tested on one architecture is not what runs on the other; a security fix is in one and missing in the other.',
    fix: 'Build all architectures at the same time from the same base; pin versions or a snapshot of the repository.',
  },
  'PKG-003': {
    severity: 'info',
    title: 'Packages that only some architectures have',
    why: 'Something was installed on one architecture and not on another: often rightly so, sometimes a step that failed silently.',
    fix: 'Compare the packages of the two; where a package does not exist for an architecture, say so in the Dockerfile.',
  },
  'PY-001': {
    severity: 'error',
    title: 'Python packages for another platform',
    why: 'Python looks for extension modules by its own platform’s name and does not see others: the import fails with “No module named”.',
    fix: 'Install the packages in a stage of the target platform, or with pip install --platform and --only-binary for it.',
  },
  'DIR-001': {
    severity: 'warning',
    title: 'A folder of another architecture’s libraries',
    why: 'The loader of this platform does not look there. Files in it take room, or were meant to be used and are not.',
    fix: 'Copy libraries from a stage of the target platform, and take the triplet from it instead of writing x86_64-linux-gnu.',
  },
  'RUN-001': {
    severity: 'error',
    title: 'It did not run as expected',
    why: 'The image was started by its digest on this platform and did not do what it should: it did not start, ended otherwise, or wrote something else.',
    fix: 'Read its output and how it ended. Where it needs arguments, variables, the network or longer, say so in the run.',
  },
  'RUN-002': {
    severity: 'error',
    title: 'Its own uname names another architecture',
    why: 'Scripts and installers inside the image ask uname -m what to fetch and what to start. When it names another architecture, the program that answers is of that one, and runs here only because the machine can run both.',
    fix: 'Look where the file comes from: a COPY from a stage of another platform, or a static busybox downloaded for the build machine.',
  },
  'RUN-003': {
    severity: 'info',
    title: 'It needs a newer processor than the platform includes',
    why: 'Emulators are as new as they like, and so are most build machines; on older iron of the same platform it dies of an illegal instruction.',
    fix: 'Compile for the oldest processor you promise (-mcpu=power8, GOPPC64=power8), take a base that does, or say in the documentation what is needed.',
  },
  'RUN-004': {
    severity: 'warning',
    title: 'It does not do with large memory pages what it does with small ones',
    why: 'POWER distributions, and some for arm64, run kernels with pages of 64 KiB; build machines and emulators have 4 KiB and show nothing of it.',
    fix: 'Ask the kernel for the page size (sysconf) instead of assuming it, and build allocators for 64 KiB (jemalloc: --with-lg-page=16).',
  },
  'RUN-005': {
    severity: 'error',
    title: 'Tests written for the image failed',
    why: 'A container-structure-test file says what the image must hold and do, and on this platform it does not. What holds on the architecture of the developers’ machines often does not on the others.',
    fix: 'Read the tests that failed and what they wrote, and compare with a platform where they pass.',
  },
} as const satisfies Record<string, CheckInfo>

/** The id of a check. */
export type CheckCode = keyof typeof CHECK_INFO
