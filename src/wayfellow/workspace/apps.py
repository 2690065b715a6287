from wayfellow.core.registry import Subject


class WorkspaceConfig(Subject):
    name = "wayfellow.workspace"
    label = "workspace"
